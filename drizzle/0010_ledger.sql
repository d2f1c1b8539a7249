CREATE TABLE "funds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"folded" text collate "C" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "funds_of_workspace" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "contact_rollups" (
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"gifts" integer NOT NULL,
	"gift_days" integer NOT NULL,
	"first_gift_on" date,
	"last_gift_on" date,
	"last_gift_id" uuid,
	"median_gap" numeric(7, 1),
	"in_kind" integer NOT NULL,
	"soft_credits" integer NOT NULL,
	"thanks_due" integer NOT NULL,
	CONSTRAINT "contact_rollups_workspace_id_contact_id_pk" PRIMARY KEY("workspace_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "contact_sums" (
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"currency" char(3) NOT NULL,
	"gifts" integer NOT NULL,
	"total" bigint NOT NULL,
	"in_kind_total" bigint NOT NULL,
	"soft_total" bigint NOT NULL,
	CONSTRAINT "contact_sums_workspace_id_contact_id_currency_pk" PRIMARY KEY("workspace_id","contact_id","currency")
);
--> statement-breakpoint
CREATE TABLE "gifts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"given_on" date NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"fund_id" uuid,
	"method" text NOT NULL,
	"type" text DEFAULT 'one_off' NOT NULL,
	"external_id" text,
	"note" text DEFAULT '' NOT NULL,
	"anonymous" boolean DEFAULT false NOT NULL,
	"reverses_id" uuid,
	"voided_at" timestamp with time zone,
	"voided_by" text,
	"void_reason" text DEFAULT '' NOT NULL,
	"thanks_due" boolean DEFAULT false NOT NULL,
	"thanked_at" timestamp with time zone,
	"import_id" uuid,
	"fingerprint" text,
	"occurrence" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "gifts_of_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "gifts_amount" CHECK ("gifts"."amount" > 0),
	CONSTRAINT "gifts_refunded" CHECK ("gifts"."refunded" >= 0 and "gifts"."refunded" <= "gifts"."amount")
);
--> statement-breakpoint
CREATE TABLE "ledger_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"compared" integer NOT NULL,
	"drift" integer NOT NULL,
	"examples" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "soft_credits" (
	"workspace_id" uuid NOT NULL,
	"gift_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "soft_credits_workspace_id_gift_id_contact_id_pk" PRIMARY KEY("workspace_id","gift_id","contact_id"),
	CONSTRAINT "soft_credits_amount" CHECK ("soft_credits"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "allocations" (
	"workspace_id" uuid NOT NULL,
	"gift_id" uuid NOT NULL,
	"instalment_id" uuid NOT NULL,
	"made_by" text NOT NULL,
	"amount" bigint NOT NULL,
	"hand_at" timestamp with time zone,
	CONSTRAINT "allocations_workspace_id_gift_id_instalment_id_made_by_pk" PRIMARY KEY("workspace_id","gift_id","instalment_id","made_by"),
	CONSTRAINT "allocations_amount" CHECK ("allocations"."amount" > 0),
	CONSTRAINT "allocations_hand" CHECK (("allocations"."made_by" = 'hand') = ("allocations"."hand_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "instalments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"pledge_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"skipped" boolean DEFAULT false NOT NULL,
	"written_off" bigint DEFAULT 0 NOT NULL,
	"paid" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "instalments_of_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "instalments_paid" CHECK ("instalments"."paid" >= 0 and "instalments"."paid" <= "instalments"."amount" - "instalments"."written_off"),
	CONSTRAINT "instalments_written_off" CHECK ("instalments"."written_off" >= 0)
);
--> statement-breakpoint
CREATE TABLE "pledge_pauses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"pledge_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "pledge_pauses_days" CHECK ("pledge_pauses"."until_on" is null or "pledge_pauses"."until_on" > "pledge_pauses"."from_on")
);
--> statement-breakpoint
CREATE TABLE "pledge_terms" (
	"workspace_id" uuid NOT NULL,
	"pledge_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"amount" bigint NOT NULL,
	"frequency" text NOT NULL,
	"first_due_on" date NOT NULL,
	"anchor_day" smallint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "pledge_terms_workspace_id_pledge_id_from_on_pk" PRIMARY KEY("workspace_id","pledge_id","from_on"),
	CONSTRAINT "pledge_terms_amount" CHECK ("pledge_terms"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "pledges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"currency" char(3) NOT NULL,
	"fund_id" uuid,
	"start_on" date NOT NULL,
	"end_on" date,
	"cancelled_on" date,
	"completed_on" date,
	"grace_days" smallint,
	"note" text DEFAULT '' NOT NULL,
	"pays_from" date NOT NULL,
	"planned_until" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "pledges_of_workspace" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "funds" ADD CONSTRAINT "funds_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_rollups" ADD CONSTRAINT "contact_rollups_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_rollups" ADD CONSTRAINT "contact_rollups_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_sums" ADD CONSTRAINT "contact_sums_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_sums" ADD CONSTRAINT "contact_sums_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_fund_fk" FOREIGN KEY ("workspace_id","fund_id") REFERENCES "public"."funds"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_checks" ADD CONSTRAINT "ledger_checks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_credits" ADD CONSTRAINT "soft_credits_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_credits" ADD CONSTRAINT "soft_credits_gift_fk" FOREIGN KEY ("workspace_id","gift_id") REFERENCES "public"."gifts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_credits" ADD CONSTRAINT "soft_credits_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_gift_fk" FOREIGN KEY ("workspace_id","gift_id") REFERENCES "public"."gifts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_instalment_fk" FOREIGN KEY ("workspace_id","instalment_id") REFERENCES "public"."instalments"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_pledge_fk" FOREIGN KEY ("workspace_id","pledge_id") REFERENCES "public"."pledges"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge_pauses" ADD CONSTRAINT "pledge_pauses_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge_pauses" ADD CONSTRAINT "pledge_pauses_pledge_fk" FOREIGN KEY ("workspace_id","pledge_id") REFERENCES "public"."pledges"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge_terms" ADD CONSTRAINT "pledge_terms_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledge_terms" ADD CONSTRAINT "pledge_terms_pledge_fk" FOREIGN KEY ("workspace_id","pledge_id") REFERENCES "public"."pledges"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_contact_fk" FOREIGN KEY ("workspace_id","contact_id") REFERENCES "public"."contacts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pledges" ADD CONSTRAINT "pledges_fund_fk" FOREIGN KEY ("workspace_id","fund_id") REFERENCES "public"."funds"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "funds_name" ON "funds" USING btree ("workspace_id","folded") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "contact_rollups_last" ON "contact_rollups" USING btree ("workspace_id","last_gift_on");--> statement-breakpoint
CREATE INDEX "contact_sums_total" ON "contact_sums" USING btree ("workspace_id","currency","total");--> statement-breakpoint
CREATE INDEX "gifts_newest" ON "gifts" USING btree ("workspace_id","given_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "gifts_contact" ON "gifts" USING btree ("workspace_id","contact_id","given_on");--> statement-breakpoint
CREATE INDEX "gifts_fund" ON "gifts" USING btree ("workspace_id","fund_id","given_on") WHERE fund_id is not null;--> statement-breakpoint
CREATE INDEX "gifts_reverses" ON "gifts" USING btree ("workspace_id","reverses_id") WHERE reverses_id is not null;--> statement-breakpoint
CREATE INDEX "gifts_thanks" ON "gifts" USING btree ("workspace_id","given_on") WHERE thanks_due and thanked_at is null;--> statement-breakpoint
CREATE INDEX "gifts_import" ON "gifts" USING btree ("workspace_id","import_id") WHERE import_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "gifts_external" ON "gifts" USING btree ("workspace_id","external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "gifts_fingerprint" ON "gifts" USING btree ("workspace_id","fingerprint","occurrence") WHERE fingerprint is not null;--> statement-breakpoint
CREATE INDEX "ledger_checks_newest" ON "ledger_checks" USING btree ("workspace_id","checked_at");--> statement-breakpoint
CREATE INDEX "soft_credits_contact" ON "soft_credits" USING btree ("workspace_id","contact_id");--> statement-breakpoint
CREATE INDEX "allocations_instalment" ON "allocations" USING btree ("workspace_id","instalment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "instalments_due" ON "instalments" USING btree ("workspace_id","pledge_id","due_on");--> statement-breakpoint
CREATE INDEX "instalments_contact" ON "instalments" USING btree ("workspace_id","contact_id","due_on");--> statement-breakpoint
CREATE INDEX "instalments_month" ON "instalments" USING btree ("workspace_id","due_on");--> statement-breakpoint
CREATE INDEX "instalments_open" ON "instalments" USING btree ("workspace_id","due_on","pledge_id") WHERE not skipped and paid < amount - written_off;--> statement-breakpoint
CREATE INDEX "pledge_pauses_pledge" ON "pledge_pauses" USING btree ("workspace_id","pledge_id","from_on");--> statement-breakpoint
CREATE INDEX "pledges_contact" ON "pledges" USING btree ("workspace_id","contact_id");--> statement-breakpoint
CREATE INDEX "pledges_newest" ON "pledges" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "pledges_planned" ON "pledges" USING btree ("workspace_id","planned_until") WHERE cancelled_on is null and completed_on is null;