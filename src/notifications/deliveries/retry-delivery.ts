import { eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { findChannelToUse } from '../channels/find-channel'
import { emitDue } from '../signals/record-signal'
import { deliveries } from './table'

/** Sends what failed or was skipped once more; within a day of its news it is tried eight times again. Throws `conflict` for anything else, `forbidden` where it is another member’s pocket that would ring. */
export async function retryDelivery(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, 'channels.write')
  const [row] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, id)).for('update')
  if (!row) throw new AppError('not_found', `no delivery ${id}`)
  if (row.state !== 'failed' && row.state !== 'skipped') {
    throw new AppError('conflict', `delivery ${id} is ${row.state}`, { reason: 'delivery.notFailed' })
  }
  const channel = await findChannelToUse(ctx, row.channelId)
  if (channel.offAt ?? channel.deletedAt) {
    throw new AppError('conflict', 'the channel is off', { reason: 'delivery.channelOff' })
  }
  const again = { state: 'pending' as const, reason: null, detail: null, attempts: 0, dueAt: ctx.now }
  await ctx.db.update(deliveries).set(again).where(eq(deliveries.id, id))
  emitDue(ctx, channel.kind)
  await writeAudit(ctx, 'delivery.retry', id)
  await notifyPages(ctx.db, ctx.workspaceId, 'deliveries', id)
}
