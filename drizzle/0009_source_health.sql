CREATE TABLE "bad_pages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"source" text NOT NULL,
	"search_id" uuid,
	"url" text NOT NULL,
	"status" smallint NOT NULL,
	"headers" jsonb NOT NULL,
	"way" text NOT NULL,
	"variant" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"storage_key" text NOT NULL,
	"size" integer NOT NULL,
	"kept_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "robots_overrides" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"host" text NOT NULL,
	"reason" text NOT NULL,
	"member_id" uuid,
	"member_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "search_fills" (
	"search_id" uuid NOT NULL,
	"source" text NOT NULL,
	"variant" text NOT NULL,
	"pages" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"fallen" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"fallen_since" timestamp with time zone,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "search_fills_search_id_variant_pk" PRIMARY KEY("search_id","variant")
);
--> statement-breakpoint
CREATE TABLE "host_hours" (
	"host" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"verdict" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "host_hours_host_hour_verdict_pk" PRIMARY KEY("host","hour","verdict")
);
--> statement-breakpoint
CREATE TABLE "robots" (
	"origin" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"state" text NOT NULL,
	"rules" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"crawl_delay" real,
	"read_at" timestamp with time zone,
	"checked_at" timestamp with time zone NOT NULL,
	"detail" text
);
--> statement-breakpoint
ALTER TABLE "searches" ADD COLUMN "api_url" text;--> statement-breakpoint
ALTER TABLE "searches" ADD COLUMN "ways" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "hosts" ADD COLUMN "pace_ms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "hosts" ADD COLUMN "ways" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "robots_overrides" ADD CONSTRAINT "robots_overrides_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "robots_overrides" ADD CONSTRAINT "robots_overrides_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_fills" ADD CONSTRAINT "search_fills_search_id_searches_id_fk" FOREIGN KEY ("search_id") REFERENCES "public"."searches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bad_pages_host" ON "bad_pages" USING btree ("host","kept_at");--> statement-breakpoint
CREATE INDEX "bad_pages_kept" ON "bad_pages" USING btree ("kept_at");--> statement-breakpoint
CREATE UNIQUE INDEX "robots_overrides_live" ON "robots_overrides" USING btree ("workspace_id","host") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "robots_overrides_host" ON "robots_overrides" USING btree ("host") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "search_fills_fallen" ON "search_fills" USING btree ("source","fallen_since");--> statement-breakpoint
CREATE INDEX "host_hours_hour" ON "host_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "robots_host" ON "robots" USING btree ("host");