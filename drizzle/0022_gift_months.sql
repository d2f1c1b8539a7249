CREATE TABLE "gift_kinds" (
	"workspace_id" uuid NOT NULL,
	"month" date NOT NULL,
	"currency" char(3) NOT NULL,
	"fund_id" uuid,
	"method" text NOT NULL,
	"type" text NOT NULL,
	"gifts" integer NOT NULL,
	"total" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gift_months" (
	"workspace_id" uuid NOT NULL,
	"month" date NOT NULL,
	"currency" char(3) NOT NULL,
	"owner_id" uuid,
	"gifts" integer NOT NULL,
	"total" bigint NOT NULL,
	"in_kind" integer NOT NULL,
	"in_kind_total" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "birthday_key" smallint GENERATED ALWAYS AS ((extract(month from birthday) * 100 + extract(day from birthday))::smallint) STORED;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "spoken_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "contact_rollups" ADD COLUMN "quiet_on" date GENERATED ALWAYS AS (case when gift_days >= 2 then last_gift_on + greatest(45, floor(1.5 * coalesce(median_gap, 365))::int + 1) end) STORED;--> statement-breakpoint
ALTER TABLE "contact_rollups" ADD COLUMN "lapse_on" date GENERATED ALWAYS AS (case when gift_days >= 2 then last_gift_on + greatest(365, floor(2 * coalesce(median_gap, 365))::int + 1) end) STORED;--> statement-breakpoint
ALTER TABLE "gift_kinds" ADD CONSTRAINT "gift_kinds_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gift_months" ADD CONSTRAINT "gift_months_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gift_kinds_month" ON "gift_kinds" USING btree ("workspace_id","month");--> statement-breakpoint
CREATE INDEX "gift_months_month" ON "gift_months" USING btree ("workspace_id","month");--> statement-breakpoint
CREATE INDEX "contacts_kind" ON "contacts" USING btree ("workspace_id","kind","sort_name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_birthday" ON "contacts" USING btree ("workspace_id","birthday_key") WHERE birthday is not null and deleted_at is null;--> statement-breakpoint
CREATE INDEX "contacts_spoken" ON "contacts" USING btree ("workspace_id","spoken_at","id") WHERE status = 'donor' and deleted_at is null and deceased_on is null and not do_not_contact;--> statement-breakpoint
CREATE INDEX "contact_rollups_quiet" ON "contact_rollups" USING btree ("workspace_id","lapse_on","quiet_on");--> statement-breakpoint
CREATE INDEX "gifts_voided" ON "gifts" USING btree ("workspace_id","given_on" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE voided_at is not null;--> statement-breakpoint
CREATE INDEX "gifts_refunds" ON "gifts" USING btree ("workspace_id","given_on" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE reverses_id is not null;--> statement-breakpoint
create function count_gifts() returns trigger language plpgsql as $$
declare
  changed text := case tg_op
    when 'INSERT' then 'select *, 1 as sign from fresh'
    when 'DELETE' then 'select *, -1 as sign from gone'
    else 'select *, 1 as sign from fresh union all select *, -1 as sign from gone' end;
  counted text := 'gifts.reverses_id is null and gifts.voided_at is null and gifts.refunded < gifts.amount
    and exists (select from workspaces w where w.id = gifts.workspace_id)';
begin
  -- A workspace that is being deleted takes its months with it.
  execute format('
    insert into gift_months (workspace_id, month, currency, owner_id, gifts, total, in_kind, in_kind_total)
    select gifts.workspace_id, date_trunc(''month'', given_on)::date, currency, c.owner_id,
      coalesce(sum(sign) filter (where method <> ''in_kind''), 0),
      coalesce(sum(sign * (amount - refunded)) filter (where method <> ''in_kind''), 0),
      coalesce(sum(sign) filter (where method = ''in_kind''), 0),
      coalesce(sum(sign * (amount - refunded)) filter (where method = ''in_kind''), 0)
    from (%s) gifts join contacts c on c.workspace_id = gifts.workspace_id and c.id = gifts.contact_id
    where %s group by 1, 2, 3, 4 having sum(sign) <> 0 or sum(sign * (amount - refunded)) <> 0
      or sum(sign) filter (where method = ''in_kind'') <> 0
      or sum(sign * (amount - refunded)) filter (where method = ''in_kind'') <> 0', changed, counted);
  execute format('
    insert into gift_kinds (workspace_id, month, currency, fund_id, method, type, gifts, total)
    select workspace_id, date_trunc(''month'', given_on)::date, currency, fund_id, method, type,
      sum(sign), sum(sign * (amount - refunded))
    from (%s) gifts where %s group by 1, 2, 3, 4, 5, 6
    having sum(sign) <> 0 or sum(sign * (amount - refunded)) <> 0', changed, counted);
  return null;
end $$;
--> statement-breakpoint
create trigger count_new_gifts after insert on gifts referencing new table as fresh
  for each statement execute function count_gifts();
--> statement-breakpoint
create trigger count_changed_gifts after update on gifts referencing old table as gone new table as fresh
  for each statement execute function count_gifts();
--> statement-breakpoint
create trigger count_deleted_gifts after delete on gifts referencing old table as gone
  for each statement execute function count_gifts();
--> statement-breakpoint
create function hand_over_months() returns trigger language plpgsql as $$
begin
  insert into gift_months (workspace_id, month, currency, owner_id, gifts, total, in_kind, in_kind_total)
  select gifts.workspace_id, date_trunc('month', given_on)::date, currency, side.owner_id,
    coalesce(sum(sign) filter (where method <> 'in_kind'), 0),
    coalesce(sum(sign * (amount - refunded)) filter (where method <> 'in_kind'), 0),
    coalesce(sum(sign) filter (where method = 'in_kind'), 0),
    coalesce(sum(sign * (amount - refunded)) filter (where method = 'in_kind'), 0)
  from gone o join fresh n on n.id = o.id and n.owner_id is distinct from o.owner_id
  join gifts on gifts.workspace_id = n.workspace_id and gifts.contact_id = n.id
    and gifts.reverses_id is null and gifts.voided_at is null and gifts.refunded < gifts.amount
  cross join lateral (values (n.owner_id, 1), (o.owner_id, -1)) side (owner_id, sign)
  group by 1, 2, 3, 4;
  return null;
end $$;
--> statement-breakpoint
create trigger hand_over_months after update on contacts referencing old table as gone new table as fresh
  for each statement execute function hand_over_months();
--> statement-breakpoint
create function begin_spoken() returns trigger language plpgsql as $$
begin
  new.spoken_at := case when tg_op = 'INSERT' then new.created_at else coalesce((
    select max(at) from touches t where t.workspace_id = new.workspace_id and t.contact_id = new.id and t.deleted_at is null),
    new.created_at) end;
  return new;
end $$;
--> statement-breakpoint
create trigger begin_spoken before insert or update of created_at on contacts
  for each row execute function begin_spoken();
--> statement-breakpoint
create function note_spoken() returns trigger language plpgsql as $$
declare
  changed text := case tg_op
    when 'INSERT' then 'select contact_id from fresh'
    when 'DELETE' then 'select contact_id from gone'
    else 'select contact_id from fresh union select contact_id from gone' end;
begin
  execute format('
    update contacts c set spoken_at = n.at
    from (select c.id, coalesce((select max(t.at) from touches t where t.workspace_id = c.workspace_id
        and t.contact_id = c.id and t.deleted_at is null), c.created_at) as at
      from contacts c where c.id in (%s) order by c.id) n
    where c.id = n.id and c.spoken_at <> n.at', changed);
  return null;
end $$;
--> statement-breakpoint
create trigger note_new_touches after insert on touches referencing new table as fresh
  for each statement execute function note_spoken();
--> statement-breakpoint
create trigger note_changed_touches after update on touches referencing old table as gone new table as fresh
  for each statement execute function note_spoken();
--> statement-breakpoint
create trigger note_deleted_touches after delete on touches referencing old table as gone
  for each statement execute function note_spoken();
--> statement-breakpoint
-- What is there already, as whoever sees all workspaces; a new database has neither rows nor rights yet.
grant insert on gift_months, gift_kinds to gleaner_system;
--> statement-breakpoint
do $$
begin
  if not has_table_privilege('gleaner_system', 'gifts', 'select') then return; end if;
  perform set_config('role', 'gleaner_system', true);
  insert into gift_months (workspace_id, month, currency, owner_id, gifts, total, in_kind, in_kind_total)
  select g.workspace_id, date_trunc('month', given_on)::date, currency, c.owner_id,
    count(*) filter (where method <> 'in_kind'), coalesce(sum(amount - refunded) filter (where method <> 'in_kind'), 0),
    count(*) filter (where method = 'in_kind'), coalesce(sum(amount - refunded) filter (where method = 'in_kind'), 0)
  from gifts g join contacts c on c.workspace_id = g.workspace_id and c.id = g.contact_id
  where reverses_id is null and voided_at is null and refunded < amount group by 1, 2, 3, 4;
  insert into gift_kinds (workspace_id, month, currency, fund_id, method, type, gifts, total)
  select workspace_id, date_trunc('month', given_on)::date, currency, fund_id, method, type, count(*), sum(amount - refunded)
  from gifts where reverses_id is null and voided_at is null and refunded < amount group by 1, 2, 3, 4, 5, 6;
  update contacts c set spoken_at = coalesce((select max(at) from touches t
    where t.workspace_id = c.workspace_id and t.contact_id = c.id and t.deleted_at is null), c.created_at);
  perform set_config('role', 'none', true);
end $$;
