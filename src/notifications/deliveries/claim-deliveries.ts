import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { newId } from '@/kernel/ids'
import type { Target } from '../channels/channel'
import type { ChannelKind } from '../channels/table'
import type { SignalFacts } from '../message'
import { lockFlow, reservePace } from './keep-pace'
import { nextSlot, type Pace, paceOf, roomNow } from './rules-pace'

/** How long a try may take. Channels give up long before; a row that is older belongs to a process that died. */
export const LEASE_SECONDS = 60

/** What is claimed: the deliveries of one workspace over one kind of channel, or one of them by its id. */
export type Lane = { readonly workspaceId: string; readonly kind: ChannelKind; readonly deliveryId?: string }

/** A delivery that is ours to send until its lease runs out, with all that its words are made of. */
export type Claimed = {
  readonly id: string
  readonly leaseId: string
  readonly attempts: number
  /** A try before this one ended without an answer, so the message may be there already. */
  readonly uncertain: boolean
  readonly createdAt: Date
  readonly signal: SignalFacts
  readonly resolved: boolean
  /** The channel is off: only a test is sent there. */
  readonly off: boolean
  readonly target: Target
  /** Whose channel it is; null: the workspace's. */
  readonly memberId: string | null
  readonly locale: string
  readonly timeZone: string
}

export type Claim = {
  readonly claimed: readonly Claimed[]
  /** When the next delivery of the lane may be claimed; null when none waits. */
  readonly nextAt: Date | null
  /** When the provider has room again, for whichever lane. */
  readonly openAt: Date
}

/**
 * Takes what may be sent now, at most `room`, oldest first. Locked rows are skipped, so that any number of processes may
 * claim at once. A row whose lease ran out is taken again and marked uncertain.
 *
 * Pace is kept in the database, for every process and workspace shares the chats: a chat gives one delivery per gap, the
 * others stay due where they are. Claims of one provider queue for its lock: `claimInTurn` keeps that queue short.
 */
export function claimDeliveries(db: Database, lane: Lane, now: Date, room: number): Promise<Claim> {
  const pace = paceOf(lane.kind)
  return withSystem(db, 'claim deliveries', async (tx) => {
    const freeAt = pace.flow ? await lockFlow(tx, lane.kind, now) : now
    const allowed = Math.min(room, pace.flow ? roomNow(pace.flow, freeAt, now) : room)
    const due = allowed < 1 ? [] : await findDue(tx, lane, pace, now, allowed)
    const claimed = due.length === 0 ? [] : await lease(tx, due, now)
    const flowAt = await reservePace(tx, lane.kind, { pace, freeAt, now, addresses: due.map((row) => row.address) })
    const openAt = pace.flow ? nextSlot(pace.flow, flowAt) : now
    return { claimed, nextAt: laterOf(await findNext(tx, lane), openAt), openAt }
  })
}

type Due = { readonly id: string; readonly address: string }

/** The head of each channel's queue; where chats have a pace, only of the chats that are free. */
async function findDue(tx: Transaction, lane: Lane, pace: Pace, now: Date, room: number): Promise<readonly Due[]> {
  const at = now.toISOString()
  const paced = pace.gap('') > 0
  const rows = await tx.execute<Due>(sql`
    select d.id, c.address
    from channels c
    cross join lateral (
      select id, due_at from deliveries
      where channel_id = c.id and state in ('pending', 'sending') and due_at <= ${at}
        ${lane.deliveryId ? sql`and id = ${lane.deliveryId}` : sql``}
      order by due_at, id limit ${paced ? 1 : room} for update skip locked
    ) d
    left join delivery_paces p on p.key = c.kind || ':' || c.address
    where c.workspace_id = ${lane.workspaceId} and c.kind = ${lane.kind} and c.deleted_at is null
      ${lane.deliveryId ? sql`` : sql`and c.off_at is null`} and (p.free_at is null or p.free_at <= ${at})
    order by d.due_at, d.id limit ${room}`)
  return paced ? firstOfEach(rows) : rows
}

/** Two channels of a workspace may be one chat. */
function firstOfEach(rows: readonly Due[]): readonly Due[] {
  return rows.filter((row, at) => rows.findIndex((other) => other.address === row.address) === at)
}

async function findNext(tx: Transaction, lane: Lane): Promise<Date | null> {
  const [row] = await tx.execute<{ next: string | null }>(sql`
    select extract(epoch from min(greatest(d.due_at, p.free_at))) * 1000 as next
    from channels c
    cross join lateral (
      select due_at from deliveries
      where channel_id = c.id and state in ('pending', 'sending') order by due_at limit 1
    ) d
    left join delivery_paces p on p.key = c.kind || ':' || c.address
    where c.workspace_id = ${lane.workspaceId} and c.kind = ${lane.kind} and c.deleted_at is null and c.off_at is null`)
  return row?.next ? new Date(Math.ceil(Number(row.next))) : null
}

function laterOf(next: Date | null, flow: Date): Date | null {
  return next && next < flow ? flow : next
}

type LeasedRow = {
  readonly id: string
  readonly attempts: number
  readonly uncertain: boolean
  readonly created: string
  readonly resolved: boolean
  readonly off: boolean
  readonly signal: Omit<SignalFacts, 'createdAt'>
  readonly signalled: string
  readonly target: Target
  /** Whose channel it is; null: the workspace's. */
  readonly memberId: string | null
  readonly locale: string
  readonly timeZone: string
}

/** One statement takes the lease and reads all that the words need, so that a send costs two transactions in all. */
async function lease(tx: Transaction, due: readonly Due[], now: Date): Promise<readonly Claimed[]> {
  const leaseId = newId()
  const until = new Date(now.getTime() + LEASE_SECONDS * 1000).toISOString()
  const rows = await tx.execute<LeasedRow>(sql`
    update deliveries d set state = 'sending', attempts = attempts + 1, uncertain = uncertain or d.state = 'sending',
      lease_id = ${leaseId}, lease_until = ${until}, due_at = ${until}
    from signals s, channels c, workspaces w
    where d.id in ${due.map((row) => row.id)} and s.id = d.signal_id and c.id = d.channel_id and w.id = d.workspace_id
    returning d.id, d.attempts, d.uncertain, extract(epoch from d.created_at) * 1000 as created,
      s.resolved_at is not null as resolved, c.off_at is not null as off, extract(epoch from s.created_at) * 1000 as signalled,
      jsonb_build_object('id', s.id, 'kind', s.kind, 'subjectId', s.subject_id, 'watchId', s.watch_id, 'facts', s.facts)
        as signal, c.member_id as "memberId",
      jsonb_build_object('channelId', c.id, 'kind', c.kind, 'address', c.address, 'config', c.config) as target,
      c.locale, w.time_zone as "timeZone"`)
  const order = new Map(due.map((row, at) => [row.id, at]))
  return rows.map((row) => toClaimed(row, leaseId)).sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}

function toClaimed({ created, signalled, signal, ...row }: LeasedRow, leaseId: string): Claimed {
  return {
    ...row,
    leaseId,
    createdAt: new Date(Number(created)),
    signal: { ...signal, createdAt: new Date(Number(signalled)) },
  }
}
