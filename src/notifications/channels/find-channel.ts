import { eq } from 'drizzle-orm'
import type { Actor, Ctx } from '@/accounts/context'
import { may } from '@/accounts/rules-permissions'
import { AppError } from '@/kernel/app-error'
import { channels } from './table'

/** The channel, deleted ones too; throws `not_found` where the workspace has no such one. */
export async function findChannel(ctx: Ctx, id: string) {
  const [row] = await ctx.db.select().from(channels).where(eq(channels.id, id))
  if (!row) throw unknownChannel(id)
  return row
}

export function unknownChannel(id: string): AppError {
  return new AppError('not_found', `no channel ${id}`, { reason: 'channel.unknown' })
}

/**
 * Whose channel is it: to test it and to send a watch's signals to it is for its member alone, for it is their pocket
 * that rings; managers see that it is there, name it and switch it off. A channel of the whole workspace is everybody's.
 */
export function rightsOver(actor: Actor, memberId: string | null): { readonly use: boolean; readonly change: boolean } {
  if (actor.kind === 'job' || memberId === null || actor.memberId === memberId) return { use: true, change: true }
  return { use: false, change: may(actor.role, 'workspace.manage') }
}

/** A mailbox has its address for a name until somebody names it: others read whose it is. */
export function nameFor(
  use: boolean,
  channel: { readonly name: string; readonly address: string; readonly memberName: string | null },
): string {
  const tells = channel.name.toLowerCase().includes(channel.address.toLowerCase())
  return use || !tells ? channel.name : (channel.memberName ?? '…')
}

export async function findChannelToChange(ctx: Ctx, id: string) {
  const row = await findChannel(ctx, id)
  if (rightsOver(ctx.actor, row.memberId).change) return row
  throw new AppError('forbidden', 'a channel of another member', { reason: 'channel.notYours' })
}

export async function findChannelToUse(ctx: Ctx, id: string) {
  const row = await findChannel(ctx, id)
  if (rightsOver(ctx.actor, row.memberId).use) return row
  throw new AppError('forbidden', 'a channel of another member', { reason: 'channel.private' })
}
