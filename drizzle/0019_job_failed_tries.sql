CREATE TABLE "job_failed_tries" (
	"run_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"attempt" integer NOT NULL,
	"error" text NOT NULL,
	"failed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "job_failed_tries" ADD CONSTRAINT "job_failed_tries_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_failed_tries_of_run" ON "job_failed_tries" USING btree ("run_id","failed_at");