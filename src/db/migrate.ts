import { sql } from 'drizzle-orm'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { type Database, openDatabase } from './client'
import { protectTables } from './protect-tables'

/** Any constant will do; it keeps two processes that start together from migrating twice. */
const LOCK = 7_263_415

/** Brings the database at `url` to this release. Safe to call from several processes at once. */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const db = openDatabase({ url, max: 1, name: 'gleaner migrate' })
  try {
    await db.execute(sql`select pg_advisory_lock(${LOCK})`)
    await makeRoles(db)
    await migrate(db, { migrationsFolder: folder })
    await protectTables(db)
  } finally {
    await db.$client.end()
  }
}

/**
 * The tenant's role and the system's. Granted without INHERIT: else the system policy would hold for every query of the
 * login role, and row-level security would guard nothing.
 */
async function makeRoles(db: Database): Promise<void> {
  await db.execute(sql`
    do $$
    declare wanted text;
    begin
      foreach wanted in array array['gleaner_app', 'gleaner_system'] loop
        if not exists (select 1 from pg_roles where rolname = wanted) then
          execute format('create role %I nologin', wanted);
        end if;
        if not exists (
          select 1 from pg_auth_members m
          where m.roleid = wanted::regrole and m.member = current_user::regrole and m.set_option and not m.inherit_option
        ) then
          execute format('grant %I to current_user with inherit false, set true', wanted);
        end if;
      end loop;
    end $$`)
}
