import { sql } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import type { Database } from './client'

type RoleFacts = {
  readonly name: string
  readonly superuser: boolean
  readonly bypass: boolean
  readonly system: boolean
}

/**
 * Throws when row-level security would not hold for the login role: a superuser and BYPASSRLS see every row, and a role
 * that inherits `gleaner_system` has its policy in each query. The migrations make that role: worth asking before them, so
 * that nothing is written by the wrong role, and after them.
 */
export async function checkRole(db: Database): Promise<void> {
  const [role] = await db.execute<RoleFacts>(sql`
    select rolname as name, rolsuper as superuser, rolbypassrls as bypass,
      exists (select from pg_roles s where s.rolname = 'gleaner_system' and pg_has_role(current_user, s.oid, 'USAGE')) as system
    from pg_roles where rolname = current_user`)
  const why = role && whyUnsafe(role)
  if (why) throw new AppError('forbidden', `The database role "${role.name}" ${why}${SO}`)
}

const SO =
  ', so workspaces would not be kept apart. Use one made with LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS that owns the database.'

function whyUnsafe(role: RoleFacts): string | null {
  if (role.superuser) return 'is a superuser'
  if (role.bypass) return 'has BYPASSRLS'
  return role.system ? 'inherits gleaner_system' : null
}
