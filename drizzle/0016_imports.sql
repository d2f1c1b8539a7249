CREATE TABLE "import_contacts" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"before" jsonb,
	"version" integer NOT NULL,
	"points" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "import_contacts_workspace_id_import_id_contact_id_pk" PRIMARY KEY("workspace_id","import_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"line" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"field" text,
	"contact_id" uuid,
	"twin_id" uuid,
	"twin_line" integer,
	"occurrence" integer,
	CONSTRAINT "import_rows_workspace_id_import_id_place_pk" PRIMARY KEY("workspace_id","import_id","place")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"file_name" text NOT NULL,
	"file_key" text NOT NULL,
	"bytes" integer NOT NULL,
	"rows" integer NOT NULL,
	"header_hash" text NOT NULL,
	"reading" jsonb NOT NULL,
	"choices" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"counts" jsonb,
	"committed" integer DEFAULT 0 NOT NULL,
	"with_possible" boolean DEFAULT false NOT NULL,
	"problem" text,
	"member_id" uuid,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"moved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"committed_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	CONSTRAINT "imports_of_workspace" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "import_contacts" ADD CONSTRAINT "import_contacts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_contacts" ADD CONSTRAINT "import_contacts_import_fk" FOREIGN KEY ("workspace_id","import_id") REFERENCES "public"."imports"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_fk" FOREIGN KEY ("workspace_id","import_id") REFERENCES "public"."imports"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_rows_line" ON "import_rows" USING btree ("workspace_id","import_id","line");--> statement-breakpoint
CREATE INDEX "import_rows_verdict" ON "import_rows" USING btree ("workspace_id","import_id","verdict","line");--> statement-breakpoint
CREATE INDEX "imports_newest" ON "imports" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "imports_header" ON "imports" USING btree ("workspace_id","kind","header_hash");--> statement-breakpoint
CREATE INDEX "imports_busy" ON "imports" USING btree ("moved_at") WHERE state in ('judging', 'committing', 'undoing');--> statement-breakpoint
CREATE INDEX "imports_member" ON "imports" USING btree ("member_id");