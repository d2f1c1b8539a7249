CREATE TABLE "job_crons" (
	"function_id" text NOT NULL,
	"cron" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone,
	"last_run_id" uuid,
	CONSTRAINT "job_crons_function_id_cron_pk" PRIMARY KEY("function_id","cron")
);
--> statement-breakpoint
CREATE TABLE "job_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"payload" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"routed_at" timestamp with time zone,
	CONSTRAINT "job_events_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"function_id" text NOT NULL,
	"event_id" uuid,
	"event" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now(),
	"attempt" integer DEFAULT 0 NOT NULL,
	"lease_id" uuid,
	"worker_id" uuid,
	"takeovers" integer DEFAULT 0 NOT NULL,
	"slots" text[] DEFAULT '{}' NOT NULL,
	"blocked_on" text,
	"output" text,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "job_steps" (
	"run_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"op" text NOT NULL,
	"state" text NOT NULL,
	"position" integer,
	"attempt" integer DEFAULT 0 NOT NULL,
	"data" text,
	"error" text,
	"due_at" timestamp with time zone,
	"duration_ms" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "job_steps_run_id_hash_pk" PRIMARY KEY("run_id","hash")
);
--> statement-breakpoint
CREATE TABLE "job_workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pool_id" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "job_steps" ADD CONSTRAINT "job_steps_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_events_unrouted" ON "job_events" USING btree ("received_at") WHERE routed_at is null;--> statement-breakpoint
CREATE INDEX "job_events_age" ON "job_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "job_runs_due" ON "job_runs" USING btree ("due_at") WHERE state in ('queued', 'sleeping') and blocked_on is null;--> statement-breakpoint
CREATE INDEX "job_runs_running" ON "job_runs" USING btree ("worker_id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "job_runs_blocked" ON "job_runs" USING btree ("blocked_on","created_at") WHERE blocked_on is not null;--> statement-breakpoint
CREATE INDEX "job_runs_ended" ON "job_runs" USING btree ("state","finished_at") WHERE finished_at is not null;--> statement-breakpoint
CREATE INDEX "job_runs_of_function" ON "job_runs" USING btree ("function_id","created_at");