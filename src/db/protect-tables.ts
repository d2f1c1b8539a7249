import { sql } from 'drizzle-orm'
import type { Database, Transaction } from './client'

/** Tables without a tenant that a workspace's transaction may read and write: public adverts and what is known of them. */
const SHARED_TABLES = [
  'searches',
  'listings',
  'observations',
  'search_listings',
  'offer_snapshots',
  'listing_titles',
  'listing_links',
  'hosts',
  'robots',
  'host_hours',
]

/** What a workspace's transaction may see of people: never a password hash. */
const USER_COLUMNS = 'id, email, name, locale'

/**
 * Puts row-level security on every table that has a `workspace_id` (and on `workspaces`), and grants the two roles what
 * they need. Read from the catalogue after each migration, so that a new table cannot be forgotten. Idempotent.
 */
export async function protectTables(db: Database): Promise<void> {
  await db.execute(sql`grant usage on schema public to gleaner_app, gleaner_system`)
  await db.execute(sql`grant select, insert, update, delete on all tables in schema public to gleaner_system`)
  await db.execute(sql`grant select (${sql.raw(USER_COLUMNS)}) on users to gleaner_app`)
  for (const table of SHARED_TABLES) {
    await db.execute(sql`grant select, insert, update on ${sql.identifier(table)} to gleaner_app`)
  }
  for (const { name, column } of await tenantTables(db)) {
    // Whole or not at all: nobody sees a table between its old policy and its new one.
    await db.transaction((tx) => protectTable(tx, name, column))
  }
}

const RIGHTS = '{select,insert,update,delete}'

type TenantTable = { readonly name: string; readonly column: string; readonly ready: boolean }

async function tenantTables(db: Database): Promise<readonly TenantTable[]> {
  const rows = await db.execute<TenantTable>(sql`
    select c.relname as name, a.attname as column,
      c.relrowsecurity and c.relforcerowsecurity
        and (select count(*) from pg_policy p where p.polrelid = c.oid and p.polname in ('tenant', 'system')) = 2
        and (select bool_and(has_table_privilege('gleaner_app', c.oid, r)) from unnest(${RIGHTS}::text[]) r) as ready
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
      and (a.attname = 'workspace_id' or (c.relname = 'workspaces' and a.attname = 'id'))`)
  return rows.filter((row) => !row.ready)
}

async function protectTable(db: Transaction, name: string, column: string): Promise<void> {
  const table = sql.identifier(name)
  // nullif: a pooled connection keeps the setting as '' after its first transaction, which is no uuid.
  const own = sql`${sql.identifier(column)} = nullif(current_setting('app.workspace_id', true), '')::uuid`
  await db.execute(sql`alter table ${table} enable row level security, force row level security`)
  await db.execute(sql`drop policy if exists tenant on ${table}`)
  await db.execute(sql`drop policy if exists system on ${table}`)
  await db.execute(sql`create policy system on ${table} to gleaner_system using (true) with check (true)`)
  await db.execute(sql`create policy tenant on ${table} to gleaner_app using (${own}) with check (${own})`)
  await db.execute(sql`grant select, insert, update, delete on ${table} to gleaner_app`)
}
