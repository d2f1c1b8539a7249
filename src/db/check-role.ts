import { sql } from 'drizzle-orm'
import type { Database } from './client'

type RoleFacts = {
  readonly name: string
  readonly superuser: boolean
  readonly bypass: boolean
  readonly system: boolean
}

/**
 * Throws when row-level security would not hold for the login role: a superuser and BYPASSRLS see every row, and a role
 * that inherits `gleaner_system` has its policy in each query. Call after the migrations, which make the roles.
 */
export async function checkRole(db: Database): Promise<void> {
  const [role] = await db.execute<RoleFacts>(sql`
    select rolname as name, rolsuper as superuser, rolbypassrls as bypass,
      pg_has_role(current_user, 'gleaner_system', 'USAGE') as system
    from pg_roles where rolname = current_user`)
  const why = role && whyUnsafe(role)
  if (why) throw new Error(`The database role "${role.name}" ${why}, so workspaces would not be kept apart. ${ADVICE}`)
}

const ADVICE = 'Use a role made with LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS that owns the database.'

function whyUnsafe(role: RoleFacts): string | null {
  if (role.superuser) return 'is a superuser'
  if (role.bypass) return 'has BYPASSRLS'
  return role.system ? 'inherits gleaner_system' : null
}
