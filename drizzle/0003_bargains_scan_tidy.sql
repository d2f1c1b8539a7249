ALTER TABLE "hosts" DROP COLUMN "window_start";--> statement-breakpoint
ALTER TABLE "hosts" DROP COLUMN "window_count";--> statement-breakpoint
ALTER TABLE "watches" DROP COLUMN "quiet_scan";