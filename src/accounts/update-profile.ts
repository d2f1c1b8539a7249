import { and, eq, ne } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { writeUserAudit } from './audit'
import { requirePassword } from './change-password'
import type { Deps } from './context'
import { emailTaken } from './create-user'
import { findUserBy } from './queries'
import type { ProfileInput } from './schema'
import { users } from './table'

/**
 * Name, language and e-mail address of the user's own account; another address needs the present password, for it is
 * what one signs in with. Throws `bad_input` (`password.needed`, `password.wrong`) or `conflict` (`account.emailTaken`).
 */
export async function updateProfile(deps: Deps, userId: string, input: ProfileInput): Promise<void> {
  const { password, ...profile } = input
  const user = await findUserBy(deps.db, eq(users.id, userId))
  if (user?.email !== profile.email) await requireOwner(deps, userId, password)
  await withSystem(deps.db, 'update profile', async (tx) => {
    if (await findUserBy(tx, and(eq(users.email, profile.email), ne(users.id, userId)) ?? eq(users.id, userId))) {
      throw emailTaken()
    }
    await tx.update(users).set(profile).where(eq(users.id, userId))
    await writeUserAudit(tx, userId, 'user.update', deps.clock())
  })
}

async function requireOwner(deps: Deps, userId: string, password: string | undefined): Promise<void> {
  if (password) return void (await requirePassword(deps, userId, password, 'password'))
  throw new AppError('bad_input', 'password needed', { reason: 'password.needed', values: { field: 'password' } })
}
