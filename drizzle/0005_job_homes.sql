ALTER TABLE "job_workers" ADD COLUMN "home" text NOT NULL;--> statement-breakpoint
ALTER TABLE "job_workers" ADD COLUMN "pid" integer NOT NULL;