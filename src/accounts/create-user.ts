import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { writeUserAudit } from './audit'
import type { Deps } from './context'
import { hashPassword } from './passwords'
import type { Role } from './rules-permissions'
import type { NewUser } from './schema'
import { members, users } from './table'

type Membership = { readonly workspaceId: string; readonly role: Role }

/** For the command line: a person, and the workspace that they work in. Throws `conflict` (`account.emailTaken`). */
export async function createUser(
  deps: Deps,
  input: NewUser,
  membership: Membership,
): Promise<{ userId: string; memberId: string }> {
  const { password, ...person } = input
  const passwordHash = await hashPassword(password)
  return withSystem(deps.db, 'create user', async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({ ...person, passwordHash })
      .onConflictDoNothing()
      .returning()
    if (!user) throw emailTaken()
    const [member] = await tx
      .insert(members)
      .values({ ...membership, userId: user.id })
      .returning()
    if (!member) throw new AppError('internal', 'no member was inserted')
    await writeUserAudit(tx, user.id, 'user.create', deps.clock())
    return { userId: user.id, memberId: member.id }
  })
}

export function emailTaken(): AppError {
  return new AppError('conflict', 'e-mail taken', { reason: 'account.emailTaken', values: { field: 'email' } })
}
