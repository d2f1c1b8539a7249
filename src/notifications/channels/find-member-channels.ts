import { eq, inArray } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { newId } from '@/kernel/ids'
import { type ChannelKind, channels } from './table'

/** `off`: it was switched off, for what goes there comes back. */
export type MemberChannel = { readonly id: string; readonly kind: ChannelKind; readonly off: boolean }
type Scope = Pick<Ctx, 'workspaceId' | 'db' | 'now'>

/**
 * The channels of each member. Who never had a mailbox among theirs gets the one that they signed up with, so that
 * nothing is said to nobody; who deleted it has chosen.
 */
export async function findMemberChannels(
  ctx: Scope,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly MemberChannel[]>> {
  if (memberIds.length === 0) return new Map()
  const rows = await readChannels(ctx, memberIds)
  const mailed = new Set(rows.filter(({ kind }) => kind === 'email').map(({ memberId }) => memberId))
  const made = await addMailboxes(
    ctx,
    memberIds.filter((id) => !mailed.has(id)),
  )
  const kept = rows.filter(({ deletedAt }) => deletedAt === null).map((row) => ({ ...row, off: row.offAt !== null }))
  const live = [...kept, ...made.map((row) => ({ ...row, off: false }))]
  return Map.groupBy(live, ({ memberId }) => memberId ?? '')
}

function readChannels(ctx: Scope, memberIds: readonly string[]) {
  return ctx.db
    .select({
      id: channels.id,
      kind: channels.kind,
      memberId: channels.memberId,
      offAt: channels.offAt,
      deletedAt: channels.deletedAt,
    })
    .from(channels)
    .where(inArray(channels.memberId, [...memberIds]))
}

async function addMailboxes(ctx: Scope, memberIds: readonly string[]) {
  if (memberIds.length === 0) return []
  const owners = await ctx.db
    .select({ memberId: members.id, address: users.email, locale: users.locale })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(inArray(members.id, [...memberIds]))
  if (owners.length === 0) return []
  const values = owners.map((owner) => ({
    ...owner,
    id: newId(),
    workspaceId: ctx.workspaceId,
    kind: 'email' as const,
    name: owner.address,
    createdAt: ctx.now,
  }))
  await ctx.db.insert(channels).values(values)
  return values
}
