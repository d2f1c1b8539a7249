import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { askOnce } from './ask-once'
import { checkRole } from './check-role'
import { closeDatabase, type Database, openDatabase } from './client'
import { migrateDatabase } from './migrate'
import { protectTables } from './protect-tables'

const FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url))
const admin = (statement: string) => askOnce(inject('adminUrl'), statement)
const undo: string[] = []

afterAll(async () => {
  for (const statement of undo.reverse()) await admin(statement)
})

/** Roles belong to the whole server, so each test has its own and drops it. */
async function newRole(rights: string): Promise<string> {
  const name = `role_${randomUUID().replaceAll('-', '')}`
  await admin(`create role ${name} login password 'made-up' ${rights}`)
  undo.push(`drop role ${name}`)
  return name
}

async function newDatabase(owner: string): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await admin(`create database ${name} owner ${owner}`)
  undo.push(`drop database ${name} with (force)`)
  return name
}

function urlOf(role: string, database: string): string {
  const url = new URL(inject('adminUrl'))
  if (role !== 'postgres')
    Object.assign(url, { username: role, password: role === 'gleaner' ? url.password : 'made-up' })
  url.pathname = `/${database}`
  return url.href
}

async function withDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase({ url, max: 1 })
  try {
    return await work(db)
  } finally {
    await closeDatabase(db)
  }
}

/** Everything that a migration could leave different: tables, columns, policies by their ids, rights. */
function shapeOf(url: string): Promise<unknown> {
  return withDatabase(url, async (db) => ({
    tables: await db.execute(sql`
      select relname, oid, relrowsecurity, relforcerowsecurity, relacl::text from pg_class
      where relnamespace = 'public'::regnamespace order by relname`),
    columns: await db.execute(sql`
      select attrelid, attname, atttypid, attacl::text from pg_attribute
      where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1, 2`),
    policies: await db.execute(sql`select oid, polname, polrelid, polroles::text from pg_policy order by oid`),
    members: await db.execute(sql`select * from pg_auth_members order by oid`),
    done: await db.execute(sql`select * from drizzle.__drizzle_migrations order by id`),
  }))
}

describe('migrating', () => {
  it('three starts at one moment leave an empty database as one would, and another changes nothing', async () => {
    const url = urlOf('gleaner', await newDatabase('gleaner'))
    await Promise.all([1, 2, 3].map(() => migrateDatabase(url, FOLDER)))
    const shape = await shapeOf(url)
    await migrateDatabase(url, FOLDER)
    expect(await shapeOf(url)).toEqual(shape)
    await withDatabase(url, protectTables)
    await withDatabase(url, protectTables)
    expect(await shapeOf(url)).toEqual(shape)
    await withDatabase(url, checkRole)
  })

  it('a table whose protection was cut short is protected by the next start', async () => {
    const url = urlOf('gleaner', await newDatabase('gleaner'))
    await migrateDatabase(url, FOLDER)
    const broken = [
      'drop policy system on members',
      'revoke insert on members from gleaner_app',
      'alter table members no force row level security',
    ]
    for (const statement of broken) {
      const shape = await rightsOf(url)
      await withDatabase(url, (db) => db.execute(sql.raw(statement)))
      expect(await rightsOf(url)).not.toEqual(shape)
      await migrateDatabase(url, FOLDER)
      expect(await rightsOf(url)).toEqual(shape)
    }
  })

  it('a role that may not make roles is told which ones are wanted, with the statements', async () => {
    const role = await newRole('nocreaterole')
    const url = urlOf(role, await newDatabase(role))
    const refused = migrateDatabase(url, FOLDER)
    await expect(refused).rejects.toThrow(
      `The database role ${role} lacks a right that Gleaner needs: permission denied`,
    )
    await expect(refused).rejects.toThrow(`GRANT gleaner_app, gleaner_system TO ${role} WITH INHERIT FALSE, SET TRUE;`)
  })

  it('what an administrator granted is enough for a role that may not make roles', async () => {
    const role = await newRole('nocreaterole')
    await admin(`grant gleaner_app, gleaner_system to ${role} with inherit false, set true`)
    const url = urlOf(role, await newDatabase(role))
    await migrateDatabase(url, FOLDER)
    await withDatabase(url, checkRole)
  })

  it('a role that does not own the database is told so, and how it becomes the owner', async () => {
    const role = await newRole('createrole')
    await admin(`grant gleaner_app, gleaner_system to ${role} with inherit false, set true`)
    const database = await newDatabase('gleaner')
    const refused = migrateDatabase(urlOf(role, database), FOLDER)
    await expect(refused).rejects.toThrow(`permission denied for database ${database}`)
    await expect(refused).rejects.toThrow(`ALTER DATABASE ${database} OWNER TO ${role};`)
  })

  it('nothing is left locked by a migration that failed', async () => {
    const url = urlOf('gleaner', await newDatabase('gleaner'))
    await expect(migrateDatabase(url, '/nowhere')).rejects.toThrow()
    await migrateDatabase(url, FOLDER)
  })
})

function rightsOf(url: string): Promise<unknown> {
  return withDatabase(url, (db) =>
    db.execute(sql`
      select relrowsecurity, relforcerowsecurity, (
          select array_agg(p.polname || p.polroles::text order by p.polname desc) from pg_policy p where p.polrelid = c.oid
        ) as policies, (
          select array_agg(a::text order by a::text) from unnest(relacl) a
        ) as rights
      from pg_class c where oid = 'members'::regclass`),
  )
}

describe('the login role', () => {
  const check = (url: string) => withDatabase(url, checkRole)

  it('is refused as a superuser, with BYPASSRLS, and when it inherits the system role, each by name', async () => {
    const bypass = await newRole('bypassrls')
    const heir = await newRole('')
    await admin(`grant gleaner_system to ${heir} with inherit true`)
    await expect(check(urlOf('postgres', 'postgres'))).rejects.toThrow('"postgres" is a superuser')
    await expect(check(urlOf(bypass, 'postgres'))).rejects.toThrow(`"${bypass}" has BYPASSRLS`)
    await expect(check(urlOf(heir, 'postgres'))).rejects.toThrow(`"${heir}" inherits gleaner_system`)
  })

  it('is refused when it inherits the system role by way of another role', async () => {
    const [middle, heir] = [await newRole(''), await newRole('')]
    await admin(`grant gleaner_system to ${middle} with inherit true`)
    await admin(`grant ${middle} to ${heir} with inherit true`)
    await expect(check(urlOf(heir, 'postgres'))).rejects.toThrow('inherits gleaner_system')
  })

  it('is accepted as the migration leaves it', async () => {
    await check(urlOf('gleaner', 'postgres'))
  })
})
