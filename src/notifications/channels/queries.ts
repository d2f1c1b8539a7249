import { eq, isNull, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { AppError } from '@/kernel/app-error'
import { nameFor, rightsOver } from './find-channel'
import type { ListedChannel } from './schema'
import { channels, telegramLinks } from './table'

const lastDelivery = sql<ListedChannel['last']>`(
  select json_build_object('state', d.state, 'reason', d.reason, 'at', coalesce(d.sent_at, d.created_at))
  from deliveries d where d.channel_id = ${channels.id} order by d.created_at desc, d.id desc limit 1)`

const waiting = sql<number>`(
  select count(*)::int from deliveries d where d.channel_id = ${channels.id} and d.state in ('pending', 'sending'))`

const columns = {
  id: channels.id,
  kind: channels.kind,
  name: channels.name,
  address: channels.address,
  locale: channels.locale,
  memberId: channels.memberId,
  memberName: users.name,
  offReason: channels.offReason,
  offAt: channels.offAt,
  createdAt: channels.createdAt,
  last: lastDelivery,
  waiting,
}

/** Live channels, oldest first. */
export async function listChannels(ctx: Ctx): Promise<ListedChannel[]> {
  requirePermission(ctx, 'channels.read')
  const rows = await ctx.db
    .select(columns)
    .from(channels)
    .leftJoin(members, eq(members.id, channels.memberId))
    .leftJoin(users, eq(users.id, members.userId))
    .where(isNull(channels.deletedAt))
    .orderBy(channels.createdAt, channels.id)
  return rows.map((row) => {
    const { use, change } = rightsOver(ctx.actor, row.memberId)
    return {
      ...row,
      name: nameFor(use, row),
      address: use ? row.address : null,
      usable: use,
      changeable: change,
      offAt: row.offAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    }
  })
}

/** Whether a deep link was opened: what the dialog that shows it waits for. */
export async function readTelegramLink(ctx: Ctx, id: string): Promise<{ readonly used: boolean }> {
  requirePermission(ctx, 'channels.write')
  const [link] = await ctx.db.select().from(telegramLinks).where(eq(telegramLinks.id, id))
  if (!link) throw new AppError('not_found', `no link ${id}`)
  return { used: link.usedAt !== null }
}
