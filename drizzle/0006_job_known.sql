ALTER TABLE "job_workers" ADD COLUMN "release" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "job_workers" ADD COLUMN "functions" jsonb DEFAULT '[]'::jsonb NOT NULL;