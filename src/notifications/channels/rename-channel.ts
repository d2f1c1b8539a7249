import { eq } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { findChannelToChange } from './find-channel'
import type { Rename } from './schema'
import { channels } from './table'

export async function renameChannel(ctx: Ctx, { id, name }: Rename): Promise<void> {
  requirePermission(ctx, 'channels.write')
  await findChannelToChange(ctx, id)
  await ctx.db.update(channels).set({ name }).where(eq(channels.id, id))
  await writeAudit(ctx, 'channel.rename', id, { name })
  await notifyPages(ctx.db, ctx.workspaceId, 'channels', id)
}
