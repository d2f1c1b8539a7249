import { and, eq } from 'drizzle-orm'
import { notifySessionEnded } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import type { Deps } from '../context'
import { members, sessions } from '../table'

/** Turns the session to another workspace of its user. Throws `not_found` where they are no member. */
export async function switchWorkspace(
  deps: Deps,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
  workspaceId: string,
): Promise<void> {
  await withSystem(deps.db, 'switch workspace', async (tx) => {
    const own = and(eq(members.userId, userId), eq(members.workspaceId, workspaceId))
    const [member] = await tx.select({ id: members.id }).from(members).where(own)
    if (!member) throw new AppError('not_found', 'no such workspace', { reason: 'member.noWorkspace' })
    await tx.update(sessions).set({ workspaceId }).where(eq(sessions.id, sessionId))
    // Other tabs of this browser listen to the workspace that was left.
    await notifySessionEnded(tx, sessionId)
  })
}
