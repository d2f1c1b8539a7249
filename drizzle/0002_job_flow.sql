CREATE TABLE "job_debounces" (
	"key" text PRIMARY KEY NOT NULL,
	"function_id" text NOT NULL,
	"event_id" uuid,
	"event" text NOT NULL,
	"event_at" timestamp with time zone NOT NULL,
	"events" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_rates" (
	"key" text PRIMARY KEY NOT NULL,
	"tat" double precision NOT NULL
);
--> statement-breakpoint
DROP INDEX "job_runs_blocked";--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "order_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "called_to" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "keeps" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "throttle" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "singleton" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "reason" text;--> statement-breakpoint
CREATE INDEX "job_debounces_due" ON "job_debounces" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "job_rates_tat" ON "job_rates" USING btree ("tat");--> statement-breakpoint
CREATE INDEX "job_runs_called" ON "job_runs" USING btree ("called_to") WHERE called_to is not null and state in ('queued', 'sleeping');--> statement-breakpoint
CREATE INDEX "job_runs_keeps" ON "job_runs" USING btree ("keeps") WHERE keeps is not null and state in ('queued', 'sleeping');--> statement-breakpoint
CREATE INDEX "job_runs_throttled" ON "job_runs" USING btree ("throttle","order_at","id") WHERE throttle is not null and state in ('queued', 'sleeping');--> statement-breakpoint
CREATE INDEX "job_runs_singleton" ON "job_runs" USING btree ("singleton") WHERE singleton is not null and finished_at is null;--> statement-breakpoint
CREATE INDEX "job_runs_blocked" ON "job_runs" USING btree ("blocked_on","order_at","id") WHERE blocked_on is not null and state in ('queued', 'sleeping');