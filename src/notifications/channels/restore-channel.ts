import { and, eq, isNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { deliveries } from '../deliveries/table'
import { emitDue } from '../signals/record-signal'
import { channelExists, findByAddress } from './add-channel'
import { findChannelToChange } from './find-channel'
import { channels } from './table'

/** Undo of a deletion: what it skipped is sent after all. Throws `conflict` where its address was added anew meanwhile. */
export async function restoreChannel(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, 'channels.write')
  const channel = await findChannelToChange(ctx, id)
  if (!channel.deletedAt) return
  if (await findByAddress(ctx, channel.kind, channel.address)) throw channelExists(channel.address)
  await ctx.db.update(channels).set({ deletedAt: null }).where(eq(channels.id, id))
  const skipped = and(
    eq(deliveries.channelId, id),
    eq(deliveries.state, 'skipped'),
    eq(deliveries.reason, 'channel_deleted'),
    isNull(deliveries.sentAt),
  )
  await ctx.db.update(deliveries).set({ state: 'pending', reason: null, dueAt: ctx.now }).where(skipped)
  emitDue(ctx, channel.kind)
  await writeAudit(ctx, 'channel.restore', id, { kind: channel.kind })
  await notifyPages(ctx.db, ctx.workspaceId, 'channels', id)
}
