import { and, eq, gt } from 'drizzle-orm'
import { hosts } from '@/http/table'
import { onEvent } from '@/jobs/define'
import type { BargainsDeps } from '../../deps'
import { scanHost } from '../scan-search'

/** How long one stretch of scanning may last. */
const STRETCH_MS = 50_000
const MOST_ROUNDS = 25
/** What is due later than this is the next minute's business. */
const AHEAD_MS = 60_000

/**
 * Looks after one host: scans what is due, sleeps until the next search is, and so on, so that a search is read within
 * seconds of being due. A sleeping run holds no worker and no turn; the run that began last goes on, earlier ones end.
 */
export const scanHostDue = onEvent<BargainsDeps, 'host/scan.due'>(
  { id: 'scan-host', event: 'host/scan.due', concurrency: { limit: 1, key: 'event.data.host' }, retries: 1 },
  async (deps, { event, step }) => {
    const { host, at } = event.data
    const begun = await step.run('begin', () => beginRun(deps, host, at ?? null))
    if (begun === null) return { scanned: 0 }
    let scanned = 0
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const done = await step.run('scan', () => scanStretch(deps, host, begun))
      scanned += done.scanned
      if (done.nextAt === null) return { scanned }
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

type Stretch = { readonly scanned: number; readonly nextAt: string | null }

/** One stretch of scanning; nothing where a later run looks after the host. `nextAt` is null when this run may end. */
async function scanStretch(deps: BargainsDeps, host: string, begun: string): Promise<Stretch> {
  if (await beganAfter(deps, host, begun)) return { scanned: 0, nextAt: null }
  const { scanned, nextAt } = await scanHost(deps, host, new Date(deps.clock().getTime() + STRETCH_MS))
  const isSoon = nextAt !== null && nextAt.getTime() <= deps.clock().getTime() + AHEAD_MS
  return { scanned, nextAt: isSoon ? nextAt.toISOString() : null }
}
