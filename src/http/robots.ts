import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { MOST_ROBOTS_BYTES, parseRobots } from './rules-robots'
import { judgeAddress, type RobotsCopy, type RobotsWord, staleAt, stateOfStatus } from './rules-robots-copy'
import { hosts, robots } from './table'
import type { Fetched } from './transport'
import { PRODUCT } from './user-agent'

/** What a site's robots.txt says of an address. `detail`: why it is out of reach. */
export type RobotsAnswer = { readonly word: RobotsWord; readonly copy: RobotsCopy }

/** The kept copy for an address; null where there is none, or it has to be asked for again. */
export async function findFreshRobots(db: Database, url: URL, now: Date): Promise<RobotsCopy | null> {
  const copy = await findRobots(db, url.origin)
  return copy && staleAt(copy) > now ? copy : null
}

/** The kept copy of an origin, however old. */
export async function findRobots(db: Database, origin: string): Promise<RobotsCopy | null> {
  const [row] = await db.select().from(robots).where(eq(robots.origin, origin))
  return row ?? null
}

export function robotsUrl(url: URL): string {
  return `${url.origin}/robots.txt`
}

/** Keeps what came for an origin's robots.txt; where it could not be reached, what was known before stays. */
export async function keepRobots(db: Database, url: URL, fetched: Fetched, now: Date): Promise<RobotsCopy> {
  const said = { ...readRobots(fetched), checkedAt: now }
  const known = said.state === 'unreachable' ? {} : { rules: said.rules, crawlDelay: said.crawlDelay, readAt: now }
  const set = { state: said.state, checkedAt: now, detail: said.detail, ...known }
  const [row] = await db
    .insert(robots)
    .values({ origin: url.origin, host: url.hostname, ...set })
    .onConflictDoUpdate({ target: robots.origin, set })
    .returning()
  if (!row) throw new Error(`robots of ${url.origin} vanished`)
  const paceMs = Math.round((row.crawlDelay ?? 0) * 1000)
  await db
    .insert(hosts)
    .values({ host: url.hostname, paceMs })
    .onConflictDoUpdate({ target: hosts.host, set: { paceMs } })
  return row
}

function readRobots(fetched: Fetched): Pick<RobotsCopy, 'state' | 'rules' | 'crawlDelay' | 'detail'> {
  const nothing = { rules: [], crawlDelay: null }
  if (fetched.kind === 'failed') {
    return { ...nothing, state: 'unreachable', detail: `${fetched.reason}: ${fetched.detail}` }
  }
  const state = stateOfStatus(fetched.status)
  if (state !== 'read') return { ...nothing, state, detail: `status ${fetched.status}` }
  const text = new TextDecoder().decode(fetched.bytes.subarray(0, MOST_ROBOTS_BYTES))
  return { ...parseRobots(text, PRODUCT), state, detail: null }
}

export function answerOf(copy: RobotsCopy, url: URL, now: Date): RobotsAnswer {
  return { word: judgeAddress(copy, url, now), copy }
}
