CREATE TABLE "job_listeners" (
	"function_id" text NOT NULL,
	"event" text NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "job_listeners_function_id_event_pk" PRIMARY KEY("function_id","event")
);
--> statement-breakpoint
ALTER TABLE "job_events" ADD COLUMN "error" text;--> statement-breakpoint
ALTER TABLE "job_workers" ADD COLUMN "pool_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "job_events_routed" ON "job_events" USING btree ("name","received_at","id") WHERE routed_at is not null;--> statement-breakpoint
CREATE INDEX "job_events_refused" ON "job_events" USING btree ("routed_at") WHERE error is not null;--> statement-breakpoint
ALTER TABLE "job_workers" DROP COLUMN "pool_id";