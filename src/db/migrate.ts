import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { closeDatabase, type Database, openDatabase } from './client'
import { protectTables } from './protect-tables'

/** Any constant will do; it keeps two processes that start together from migrating twice. */
const LOCK = 7_263_415

/** `WITH INHERIT FALSE, SET TRUE` came with it. */
const OLDEST = 16

/**
 * Brings the database at `url` to this release. Safe to call from several processes at once. Throws with the statements
 * that an administrator must run when the login role lacks a right.
 */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const db = openDatabase({ url, max: 1, name: 'gleaner migrate' })
  try {
    await refuseOldServer(db)
    await db.execute(sql`select pg_advisory_lock(${LOCK})`)
    await makeRoles(db)
    // Drizzle's migrator asks no more of a database than dialect and session, which are its own in ours.
    await migrate(db as unknown as NodePgDatabase, { migrationsFolder: folder })
    await protectTables(db)
  } catch (error) {
    throw (await missingRight(db, error)) ?? error
  } finally {
    await closeDatabase(db)
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

async function refuseOldServer(db: Database): Promise<void> {
  const [row] = await db.execute<{ version: string; old: boolean }>(sql`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int < ${OLDEST * 10_000} as old`)
  if (row?.old) throw new Error(`Gleaner needs PostgreSQL ${OLDEST} or newer; DATABASE_URL leads to ${row.version}`)
}

/** What "permission denied" comes from, in words and statements; null for every other error. */
async function missingRight(db: Database, error: unknown): Promise<Error | null> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error && 'code' in cause && cause.code === '42501')) return null
  const [names] = await db.execute<{ role: string; base: string }>(sql`
    select quote_ident(current_user) as role, quote_ident(current_database()) as base`)
  if (!names) return null
  const { role, base } = names
  return new Error(
    `The database role ${role} lacks a right that Gleaner needs: ${cause.message}. It must own the database and be able to
take two roles. Give it CREATEROLE, or let an administrator run what is not yet so:
  CREATE ROLE gleaner_app NOLOGIN;
  CREATE ROLE gleaner_system NOLOGIN;
  GRANT gleaner_app, gleaner_system TO ${role} WITH INHERIT FALSE, SET TRUE;
  ALTER DATABASE ${base} OWNER TO ${role};`,
    { cause: error },
  )
}
