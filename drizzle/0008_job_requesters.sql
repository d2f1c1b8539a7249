ALTER TABLE "job_runs" ADD COLUMN "requested_by" text;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "cancelled_by" text;