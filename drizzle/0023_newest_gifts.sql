DROP INDEX "gifts_newest";--> statement-breakpoint
DROP INDEX "gifts_voided";--> statement-breakpoint
DROP INDEX "gifts_refunds";--> statement-breakpoint
CREATE INDEX "contacts_deleted" ON "contacts" USING btree ("workspace_id","id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "gifts_newest" ON "gifts" USING btree ("workspace_id","given_on","id");--> statement-breakpoint
CREATE INDEX "gifts_voided" ON "gifts" USING btree ("workspace_id","given_on","id") WHERE voided_at is not null;--> statement-breakpoint
CREATE INDEX "gifts_refunds" ON "gifts" USING btree ("workspace_id","given_on","id") WHERE reverses_id is not null;