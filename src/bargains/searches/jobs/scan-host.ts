import { and, eq, gt } from 'drizzle-orm'
import { hosts } from '@/http/table'
import { onEvent } from '@/jobs/define'
import type { BargainsDeps } from '../../deps'
import { scanHost } from '../scan-search'

/** How long a run looks after its host before it hands over to the next. */
const RUN_MS = 50_000
const MOST_ROUNDS = 25
/** What is due later than this after a run is the next minute's business. */
const AHEAD_MS = 60_000

/**
 * Looks after one host: scans what is due, sleeps until the next search is, and so on for most of a minute, so that a
 * search is read within seconds of being due. A sleeping run holds no worker; the run that began last goes on, others end.
 */
export const scanHostDue = onEvent<BargainsDeps, 'host/scan.due'>(
  { id: 'scan-host', event: 'host/scan.due', concurrency: { limit: 1, key: 'event.data.host' }, retries: 1 },
  async (deps, { event, step }) => {
    const { host, at } = event.data
    const begun = await step.run('begin', () => beginRun(deps, host, at ?? null))
    if (begun === null) return { scanned: 0 }
    const until = Date.parse(begun) + RUN_MS
    let scanned = 0
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const done = await step.run('scan', () => scanRound(deps, host, begun, until))
      scanned += done.scanned
      if (done.nextAt === null || Date.parse(done.nextAt) > until + AHEAD_MS) return { scanned }
      if (done.over || Date.parse(done.nextAt) >= until) break
      await step.sleepUntil('until due', done.nextAt)
    }
    await step.sendEvent('hand over', { name: 'host/scan.due', data: { host, at: deps.clock().toISOString() } })
    return { scanned }
  },
)

/** When this run began; null when one that began after the event was sent has done its work. */
export async function beginRun(deps: BargainsDeps, host: string, sentAt: string | null): Promise<string | null> {
  const now = deps.clock()
  await deps.db.insert(hosts).values({ host }).onConflictDoNothing()
  if (sentAt !== null && (await beganAfter(deps, host, sentAt))) return null
  await deps.db.update(hosts).set({ scanStartedAt: now }).where(eq(hosts.host, host))
  return now.toISOString()
}

async function beganAfter({ db }: BargainsDeps, host: string, moment: string): Promise<boolean> {
  const rows = await db
    .select({ host: hosts.host })
    .from(hosts)
    .where(and(eq(hosts.host, host), gt(hosts.scanStartedAt, new Date(moment))))
  return rows.length > 0
}

type Round = { readonly scanned: number; readonly nextAt: string | null; readonly over: boolean }

/** One stretch of scanning; nothing where a later run looks after the host. */
async function scanRound(deps: BargainsDeps, host: string, begun: string, until: number): Promise<Round> {
  if (await beganAfter(deps, host, begun)) return { scanned: 0, nextAt: null, over: true }
  const { scanned, nextAt } = await scanHost(deps, host, new Date(until))
  return { scanned, nextAt: nextAt?.toISOString() ?? null, over: deps.clock().getTime() >= until }
}
