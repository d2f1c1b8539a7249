import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { findMemberChannels } from '@/notifications/channels/find-member-channels'
import { carePreferences } from './table'

type Scope = Pick<Ctx, 'workspaceId' | 'db' | 'now'>

/** A member who hears of something, over channels of theirs; `insteadOf` names the one whom no channel reaches. */
export type Reached = {
  readonly memberId: string
  readonly channelIds: readonly string[]
  readonly insteadOf: string | null
}

/** Who hears of a contact: the member who looks after them, else the owners of the workspace, unless they muted it. */
export type Readers = {
  readonly of: (ownerId: string | null) => readonly string[]
  /** Each of these members, and beside one whom no channel reaches the owners, else the admins, that one does reach. */
  readonly reach: (memberIds: readonly string[]) => Promise<ReadonlyMap<string, readonly Reached[]>>
}

export async function readReaders(ctx: Scope, kind: string): Promise<Readers> {
  const rows = await readMembers(ctx)
  const [known, willing] = [new Set(rows.map(({ id }) => id)), rows.filter(({ muted }) => !muted?.includes(kind))]
  const owners = rows.filter(({ role }) => role === 'owner').map(({ id }) => id)
  return {
    of: (ownerId) => {
      const asked = ownerId !== null && known.has(ownerId) ? [ownerId] : owners
      return asked.filter((id) => willing.some((member) => member.id === id))
    },
    reach: (memberIds) => reachMembers(ctx, willing, memberIds),
  }
}

function readMembers({ db }: Scope) {
  return db
    .select({ id: members.id, role: members.role, name: users.name, muted: carePreferences.muted })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .leftJoin(carePreferences, eq(carePreferences.memberId, members.id))
    .orderBy(members.createdAt, members.id)
}

type Member = Awaited<ReturnType<typeof readMembers>>[number]

async function reachMembers(ctx: Scope, willing: readonly Member[], memberIds: readonly string[]) {
  const channels = await findMemberChannels(ctx, memberIds)
  const isLost = (id: string) => !channels.get(id)?.some(({ off }) => !off)
  const standIns = memberIds.some(isLost) ? await findStandIns(ctx, willing) : []
  return new Map(
    memberIds.map((memberId): [string, readonly Reached[]] => {
      const channelIds = (channels.get(memberId) ?? []).map(({ id }) => id)
      const insteadOf = willing.find(({ id }) => id === memberId)?.name ?? ''
      const others = isLost(memberId) ? standIns.map((other) => ({ ...other, insteadOf })) : []
      return [memberId, [{ memberId, channelIds, insteadOf: null }, ...others]]
    }),
  )
}

/** The owners whom a channel reaches; where it reaches none, the admins. */
async function findStandIns(ctx: Scope, willing: readonly Member[]): Promise<readonly Omit<Reached, 'insteadOf'>[]> {
  for (const role of ['owner', 'admin'] as const) {
    const heads = willing.filter((member) => member.role === role).map(({ id }) => id)
    const channels = await findMemberChannels(ctx, heads)
    const reached = heads.map((memberId) => ({ memberId, channelIds: liveOf(channels.get(memberId)) }))
    if (reached.some(({ channelIds }) => channelIds.length > 0)) {
      return reached.filter(({ channelIds }) => channelIds.length > 0)
    }
  }
  return []
}

function liveOf(channels: readonly { readonly id: string; readonly off: boolean }[] = []): readonly string[] {
  return channels.filter(({ off }) => !off).map(({ id }) => id)
}
