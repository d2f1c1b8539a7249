import { eq } from 'drizzle-orm'
import type { Actor, Ctx } from '@/accounts/context'
import { may } from '@/accounts/rules-permissions'
import { AppError } from '@/kernel/app-error'
import { channels } from './table'

/** The channel, deleted ones too; throws `not_found` where the workspace has no such one. */
export async function findChannel(ctx: Ctx, id: string) {
  const [row] = await ctx.db.select().from(channels).where(eq(channels.id, id))
  if (!row) throw new AppError('not_found', `no channel ${id}`, { reason: 'channel.unknown' })
  return row
}

/** For a change: a member's own channel is theirs and their managers', a group's is everybody's who may write. */
export async function findChannelToChange(ctx: Ctx, id: string) {
  const row = await findChannel(ctx, id)
  if (row.memberId === null || isOwnOrManaged(ctx.actor, row.memberId)) return row
  throw new AppError('forbidden', 'a channel of another member', { reason: 'channel.notYours' })
}

function isOwnOrManaged(actor: Actor, memberId: string): boolean {
  return actor.kind === 'job' || actor.memberId === memberId || may(actor.role, 'workspace.manage')
}
