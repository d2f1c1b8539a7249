import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { members } from '@/accounts/table'
import { findMemberChannels, type MemberChannel } from '@/notifications/channels/find-member-channels'
import { carePreferences } from './table'

type Scope = Pick<Ctx, 'workspaceId' | 'db' | 'now'>

/** Who hears of a contact: the member who looks after them, else the owners of the workspace, unless they muted it. */
export type Readers = {
  readonly of: (ownerId: string | null, kind: string) => readonly string[]
  readonly channels: (memberIds: readonly string[]) => Promise<ReadonlyMap<string, readonly MemberChannel[]>>
}

export async function readReaders(ctx: Scope): Promise<Readers> {
  const rows = await ctx.db
    .select({ id: members.id, role: members.role, muted: carePreferences.muted })
    .from(members)
    .leftJoin(carePreferences, eq(carePreferences.memberId, members.id))
    .orderBy(members.createdAt, members.id)
  const known = new Map(rows.map((row) => [row.id, row]))
  const owners = rows.filter(({ role }) => role === 'owner').map(({ id }) => id)
  return {
    of: (ownerId, kind) => {
      const asked = ownerId !== null && known.has(ownerId) ? [ownerId] : owners
      return asked.filter((id) => !known.get(id)?.muted?.includes(kind))
    },
    channels: (memberIds) => findMemberChannels(ctx, memberIds),
  }
}
