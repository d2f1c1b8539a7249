CREATE TABLE "signal_parts" (
	"workspace_id" uuid NOT NULL,
	"signal_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "signal_parts_workspace_id_signal_id_subject_id_pk" PRIMARY KEY("workspace_id","signal_id","subject_id")
);
--> statement-breakpoint
ALTER TABLE "signal_parts" ADD CONSTRAINT "signal_parts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signal_parts" ADD CONSTRAINT "signal_parts_signal_id_signals_id_fk" FOREIGN KEY ("signal_id") REFERENCES "public"."signals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signal_parts_signal" ON "signal_parts" USING btree ("signal_id");--> statement-breakpoint
CREATE INDEX "signal_parts_subject" ON "signal_parts" USING btree ("workspace_id","subject_id") WHERE ended_at is null;