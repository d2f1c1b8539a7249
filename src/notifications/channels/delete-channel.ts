import { and, eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { deliveries } from '../deliveries/table'
import { findChannelToChange } from './find-channel'
import { channels } from './table'

/** What waits for it is skipped; `restoreChannel` undoes both. */
export async function deleteChannel(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, 'channels.write')
  const channel = await findChannelToChange(ctx, id)
  if (channel.deletedAt) return
  await ctx.db.update(channels).set({ deletedAt: ctx.now }).where(eq(channels.id, id))
  const waiting = and(eq(deliveries.channelId, id), eq(deliveries.state, 'pending'))
  await ctx.db.update(deliveries).set({ state: 'skipped', reason: 'channel_deleted' }).where(waiting)
  await writeAudit(ctx, 'channel.delete', id, { kind: channel.kind })
  await notifyPages(ctx.db, ctx.workspaceId, 'channels', id)
}
