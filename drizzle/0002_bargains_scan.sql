ALTER TABLE "matches" ADD COLUMN "told_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "hosts" ADD COLUMN "recent" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "hosts" ADD COLUMN "scan_started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "searches" ADD COLUMN "trouble_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "searches" ADD COLUMN "gap_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "watch_searches" ADD COLUMN "quiet_since" timestamp with time zone;