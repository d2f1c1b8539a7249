CREATE TABLE "job_waits" (
	"run_id" uuid NOT NULL,
	"key" text NOT NULL,
	"event" text NOT NULL,
	"expression" text,
	"match_path" text DEFAULT '' NOT NULL,
	"match_value" text DEFAULT '' NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_waits_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "parent_run_id" uuid;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "parent_hash" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "retry_of" uuid;--> statement-breakpoint
ALTER TABLE "job_waits" ADD CONSTRAINT "job_waits_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_waits_match" ON "job_waits" USING btree ("event","match_path","match_value");--> statement-breakpoint
CREATE INDEX "job_runs_of_parent" ON "job_runs" USING btree ("parent_run_id") WHERE parent_run_id is not null;