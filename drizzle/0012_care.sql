CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "listing_pushes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"request_id" text NOT NULL,
	"digest" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer_snapshots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"listing_id" uuid NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"blob_key" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"price_kind" text NOT NULL,
	"amount" bigint,
	"currency" char(3)
);
--> statement-breakpoint
CREATE TABLE "listing_links" (
	"listing_id" uuid NOT NULL,
	"earlier_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"similarity" real NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "listing_links_listing_id_earlier_id_pk" PRIMARY KEY("listing_id","earlier_id")
);
--> statement-breakpoint
CREATE TABLE "listing_titles" (
	"listing_id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "listing_unlinks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"earlier_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_episodes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"bucket" smallint DEFAULT 1 NOT NULL,
	"since_on" date NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	"told" smallint DEFAULT 1 NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolution" text,
	CONSTRAINT "care_episodes_of_workspace" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "care_preferences" (
	"workspace_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"muted" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"summary" boolean DEFAULT true NOT NULL,
	"summary_weekday" smallint DEFAULT 1 NOT NULL,
	"summary_hour" smallint DEFAULT 8 NOT NULL,
	CONSTRAINT "care_preferences_workspace_id_member_id_pk" PRIMARY KEY("workspace_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "giving_settings" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"grace_days" smallint DEFAULT 10 NOT NULL,
	"monthly_goal" bigint,
	"risk_rule" text DEFAULT 'cadence' NOT NULL,
	"check_hour" smallint DEFAULT 6 NOT NULL,
	"checked_on" date,
	"checked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "summaries" (
	"workspace_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"week_of" date NOT NULL,
	"signal_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "summaries_workspace_id_member_id_week_of_pk" PRIMARY KEY("workspace_id","member_id","week_of")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid,
	"assignee_id" uuid,
	"kind" text NOT NULL,
	"priority" text DEFAULT 'normal' NOT NULL,
	"title" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"due_on" date,
	"remind_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"repeat" text,
	"anchor_day" smallint,
	"done_at" timestamp with time zone,
	"done_by" uuid,
	"next_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "touches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"member_id" uuid,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "used_links" (
	"workspace_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"data" text NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_links_workspace_id_delivery_id_data_pk" PRIMARY KEY("workspace_id","delivery_id","data")
);
--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "held_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "details_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "pushed_by" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "edit_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "edit_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "listing_pushes" ADD CONSTRAINT "listing_pushes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_snapshots" ADD CONSTRAINT "offer_snapshots_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_links" ADD CONSTRAINT "listing_links_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_links" ADD CONSTRAINT "listing_links_earlier_id_listings_id_fk" FOREIGN KEY ("earlier_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_titles" ADD CONSTRAINT "listing_titles_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_unlinks" ADD CONSTRAINT "listing_unlinks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_unlinks" ADD CONSTRAINT "listing_unlinks_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listing_unlinks" ADD CONSTRAINT "listing_unlinks_earlier_id_listings_id_fk" FOREIGN KEY ("earlier_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_episodes" ADD CONSTRAINT "care_episodes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_episodes" ADD CONSTRAINT "care_episodes_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_preferences" ADD CONSTRAINT "care_preferences_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "care_preferences" ADD CONSTRAINT "care_preferences_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "giving_settings" ADD CONSTRAINT "giving_settings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_assignee_id_members_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "touches" ADD CONSTRAINT "touches_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "touches" ADD CONSTRAINT "touches_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "touches" ADD CONSTRAINT "touches_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "used_links" ADD CONSTRAINT "used_links_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "used_links" ADD CONSTRAINT "used_links_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "listing_pushes_once" ON "listing_pushes" USING btree ("workspace_id","request_id");--> statement-breakpoint
CREATE INDEX "listing_pushes_age" ON "listing_pushes" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "offer_snapshots_listing" ON "offer_snapshots" USING btree ("listing_id","taken_at");--> statement-breakpoint
CREATE INDEX "offer_snapshots_taken" ON "offer_snapshots" USING btree ("taken_at");--> statement-breakpoint
CREATE UNIQUE INDEX "offer_snapshots_blob" ON "offer_snapshots" USING btree ("blob_key");--> statement-breakpoint
CREATE INDEX "listing_links_earlier" ON "listing_links" USING btree ("earlier_id");--> statement-breakpoint
CREATE INDEX "listing_titles_similar" ON "listing_titles" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "listing_unlinks_once" ON "listing_unlinks" USING btree ("workspace_id","listing_id","earlier_id");--> statement-breakpoint
CREATE UNIQUE INDEX "care_episodes_one" ON "care_episodes" USING btree ("workspace_id","kind","subject_id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "care_episodes_contact" ON "care_episodes" USING btree ("workspace_id","contact_id","opened_at");--> statement-breakpoint
CREATE INDEX "care_preferences_member" ON "care_preferences" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "summaries_member" ON "summaries" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("workspace_id","due_on","id") WHERE done_at is null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_assignee" ON "tasks" USING btree ("workspace_id","assignee_id","due_on","id") WHERE done_at is null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_done" ON "tasks" USING btree ("workspace_id","done_at","id") WHERE done_at is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "tasks_contact" ON "tasks" USING btree ("workspace_id","contact_id","created_at");--> statement-breakpoint
CREATE INDEX "tasks_member" ON "tasks" USING btree ("assignee_id");--> statement-breakpoint
CREATE INDEX "tasks_remind" ON "tasks" USING btree ("remind_at") WHERE remind_at is not null and reminded_at is null and done_at is null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "touches_contact" ON "touches" USING btree ("workspace_id","contact_id","at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "touches_newest" ON "touches" USING btree ("workspace_id","at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "touches_member" ON "touches" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "used_links_delivery" ON "used_links" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "deliveries_edit" ON "deliveries" USING btree ("edit_due_at") WHERE edit_due_at is not null;--> statement-breakpoint
CREATE INDEX "signals_subject" ON "signals" USING btree ("workspace_id","subject_id") WHERE subject_id is not null;