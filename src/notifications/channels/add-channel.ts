import { and, eq, isNull, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { type ChannelKind, channels } from './table'

/** More than any family or office has; a runaway script is stopped. */
const MOST = 100

export type NewChannel = {
  readonly kind: ChannelKind
  /** Whose it is; null for the whole workspace. */
  readonly memberId: string | null
  readonly name: string
  readonly address: string
  readonly locale: string
  readonly config?: Readonly<Record<string, unknown>>
}

/** Writes it with its audit entry and tells open pages. The caller has checked who may. Throws `conflict` at the limit. */
export async function addChannel(ctx: Ctx, channel: NewChannel): Promise<string> {
  const { workspaceId, now } = ctx
  if ((await ctx.db.$count(channels, isNull(channels.deletedAt))) >= MOST) {
    throw new AppError('conflict', `more than ${MOST} channels`, { reason: 'channel.tooMany', values: { most: MOST } })
  }
  const id = newId()
  await ctx.db.insert(channels).values({ ...channel, id, workspaceId, createdAt: now, config: { ...channel.config } })
  await writeAudit(ctx, 'channel.create', id, { kind: channel.kind })
  await notifyPages(ctx.db, workspaceId, 'channels', id)
  return id
}

/**
 * The live channel that already goes to this address. For whoever is about to write one: until the transaction ends
 * nobody else gets an answer for that address, so that of two at once the second finds the first one's.
 */
export async function findByAddress(ctx: Ctx, kind: ChannelKind, address: string) {
  const key = `channel ${ctx.workspaceId} ${kind} ${address}`
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
  const same = and(eq(channels.kind, kind), eq(channels.address, address), isNull(channels.deletedAt))
  const [row] = await ctx.db.select().from(channels).where(same)
  return row
}

export function channelExists(address: string): AppError {
  const told = { reason: 'channel.exists', values: { address } }
  return new AppError('conflict', 'this address is a channel already', told)
}

/** The member who acts, with the language that their messages come in. */
export async function findActingMember(ctx: Ctx) {
  if (ctx.actor.kind === 'job') throw new AppError('forbidden', 'a job has no channels')
  const [row] = await ctx.db
    .select({ id: members.id, name: users.name, locale: users.locale })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.id, ctx.actor.memberId))
  if (!row) throw new AppError('forbidden', 'not a member any more')
  return row
}
