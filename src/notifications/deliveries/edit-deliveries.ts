import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import type { Outcome, Target } from '../channels/channel'
import type { SignalFacts } from '../message'
import type { OutboxDeps } from './deliver-message'
import { secondsToNextTry } from './rules-retry'

const LEASE_MS = 60_000
const AT_ONCE = 20

type EditRow = {
  readonly id: string
  readonly attempts: number
  readonly providerId: string
  readonly age: number
  readonly signalled: string
  readonly signal: Omit<SignalFacts, 'createdAt'>
  readonly target: Target
  readonly locale: string
  readonly timeZone: string
}

/** Changes messages that were sent and whose matter is over, one after the other for a chat's pace. Answers how many. */
export async function editDeliveries(deps: OutboxDeps): Promise<{ readonly edited: number }> {
  for (let edited = 0; ; ) {
    const rows = await claimEdits(deps)
    for (const row of rows) await editOne(deps, row)
    edited += rows.length
    if (rows.length < AT_ONCE) return { edited }
  }
}

/** Leased by its own due time: a process that dies leaves it to the next one. */
function claimEdits({ db, clock }: OutboxDeps): Promise<readonly EditRow[]> {
  const now = clock()
  const until = new Date(now.getTime() + LEASE_MS).toISOString()
  return withSystem(db, 'edit deliveries', (tx) =>
    tx.execute<EditRow>(sql`
      update deliveries d set edit_due_at = ${until}, edit_attempts = d.edit_attempts + 1
      from signals s, channels c, workspaces w
      where d.id in (
        select id from deliveries where edit_due_at <= ${now.toISOString()} order by edit_due_at limit ${AT_ONCE}
        for update skip locked
      ) and s.id = d.signal_id and c.id = d.channel_id and w.id = d.workspace_id
      returning d.id, d.edit_attempts as attempts, d.provider_id as "providerId",
        coalesce(extract(epoch from ${now.toISOString()}::timestamptz - s.resolved_at)::int, 0) as age,
        extract(epoch from s.created_at) * 1000 as signalled,
        jsonb_build_object('id', s.id, 'kind', s.kind, 'subjectId', s.subject_id, 'watchId', s.watch_id, 'facts', s.facts)
          as signal,
        jsonb_build_object('channelId', c.id, 'kind', c.kind, 'address', c.address, 'config', c.config) as target,
        c.locale, w.time_zone as "timeZone"`),
  )
}

async function editOne(deps: OutboxDeps, row: EditRow): Promise<void> {
  const outcome = await tryEdit(deps, row)
  const dueAt = nextEdit(row, outcome, deps.clock())
  const editedAt = outcome.kind === 'sent' ? deps.clock().toISOString() : null
  await withSystem(deps.db, 'edit deliveries', (tx) =>
    tx.execute(sql`
      update deliveries set edit_due_at = ${dueAt?.toISOString() ?? null}, edited_at = coalesce(${editedAt}, edited_at)
      where id = ${row.id}`),
  )
}

function nextEdit({ attempts, age }: EditRow, outcome: Outcome, now: Date): Date | null {
  if (outcome.kind !== 'later') return null
  const { retryAfter } = outcome
  const seconds = secondsToNextTry({ attempts, ageSeconds: age, retryAfter, random: Math.random() })
  return seconds === null ? null : new Date(now.getTime() + seconds * 1000)
}

async function tryEdit(deps: OutboxDeps, row: EditRow): Promise<Outcome> {
  const { outlets, clock, log } = deps
  const reader = { locale: row.locale, timeZone: row.timeZone, now: clock(), appUrl: outlets.appUrl }
  try {
    const signal = { ...row.signal, createdAt: new Date(Number(row.signalled)) }
    const message = outlets.say(signal.kind)(signal, reader)
    const channel = await outlets.channel(row.target.kind)
    if (!channel.edit) return { kind: 'never', reason: 'not_available', detail: '', switchOff: false }
    return await channel.edit(row.target, row.providerId, message)
  } catch (error) {
    log.error({ err: error, deliveryId: row.id, kind: row.signal.kind }, 'a message could not be changed')
    return { kind: 'later', reason: 'unsayable', detail: '' }
  }
}
