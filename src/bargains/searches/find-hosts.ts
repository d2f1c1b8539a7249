import { and, asc, desc, gte, inArray, isNull } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { stateOf } from '@/http/host-budget'
import { decideSlot, withinWindow } from '@/http/rules-budget'
import { hostHours, hosts, robots } from '@/http/table'
import { HISTORY_DAYS } from './rules-hours'
import { WAYS, type Way } from './rules-ways'
import type { ListedSource } from './schema'
import { robotsOverrides, type searches } from './table'

type HostView = ListedSource['hosts'][number]
type Search = typeof searches.$inferSelect

/** How these hosts stand, of those that were ever asked. `own`: the searches of this workspace. */
export async function findHosts(
  ctx: Ctx,
  names: readonly string[],
  own: readonly Search[],
): Promise<ReadonlyMap<string, HostView>> {
  const rows = await ctx.db
    .select()
    .from(hosts)
    .where(inArray(hosts.host, [...names]))
  const asked = rows.map(({ host }) => host)
  const known = {
    hours: await findHours(ctx, asked),
    robots: await findCopies(ctx, asked),
    words: await findWords(ctx),
  }
  return new Map(
    rows.map((row) => {
      const searches = own.filter(({ host }) => host === row.host)
      const view: HostView = {
        ...describeHost(row, ctx.now),
        blockedSince: since(searches, 'blocked'),
        hours: (known.hours.get(row.host) ?? []).map(toHour),
        robots: describeRobots(known.robots.get(row.host)?.[0], searches),
        override: known.words.get(row.host) ?? null,
      }
      return [row.host, view]
    }),
  )
}

async function findHours({ db, now }: Ctx, names: readonly string[]) {
  const after = new Date(now.getTime() - HISTORY_DAYS * 86_400_000)
  const where = and(inArray(hostHours.host, [...names]), gte(hostHours.hour, after))
  return Map.groupBy(await db.select().from(hostHours).where(where).orderBy(asc(hostHours.hour)), (row) => row.host)
}

/** The copy of the scheme that was read last. */
async function findCopies({ db }: Ctx, names: readonly string[]) {
  const where = inArray(robots.host, [...names])
  return Map.groupBy(await db.select().from(robots).where(where).orderBy(desc(robots.checkedAt)), (row) => row.host)
}

async function findWords({ db }: Ctx): Promise<ReadonlyMap<string, NonNullable<HostView['override']>>> {
  const rows = await db.select().from(robotsOverrides).where(isNull(robotsOverrides.endedAt))
  return new Map(
    rows.map((row) => [row.host, { reason: row.reason, by: row.memberName, at: row.createdAt.toISOString() }]),
  )
}

function describeHost(row: typeof hosts.$inferSelect, now: Date) {
  const { host, perMinute, recent, closedUntil, failures, lastRequestAt } = row
  const slot = decideSlot(stateOf(row), now.getTime())
  return {
    ...{ host, perMinute, failures },
    lastMinute: withinWindow(recent, now.getTime()).length,
    closedUntil: closedUntil && closedUntil > now ? closedUntil.toISOString() : null,
    lastRequestAt: lastRequestAt?.toISOString() ?? null,
    nextAt: slot.kind === 'wait' ? new Date(slot.until).toISOString() : null,
    resting: WAYS.flatMap((way) => restingOf(way, row.ways[way]?.restsUntil ?? null, now)),
  }
}

function restingOf(way: Way, until: number | null, now: Date): HostView['resting'] {
  return until !== null && until > now.getTime() ? [{ way, until: new Date(until).toISOString() }] : []
}

function toHour({ hour, verdict, count }: typeof hostHours.$inferSelect): HostView['hours'][number] {
  // Written by note-verdict.ts alone.
  return { hour: hour.toISOString(), verdict: verdict as HostView['hours'][number]['verdict'], count }
}

function describeRobots(copy: typeof robots.$inferSelect | undefined, own: readonly Search[]): HostView['robots'] {
  if (!copy) return null
  return {
    ...{ state: copy.state, crawlDelay: copy.crawlDelay },
    readAt: copy.readAt?.toISOString() ?? null,
    checkedAt: copy.checkedAt.toISOString(),
    forbids: own.some(({ health }) => health === 'forbidden'),
  }
}

function since(own: readonly Search[], health: Search['health']): string | null {
  const moments = own.flatMap((search) => (search.health === health && search.healthSince ? [search.healthSince] : []))
  return moments.length === 0 ? null : new Date(Math.min(...moments.map(Number))).toISOString()
}
