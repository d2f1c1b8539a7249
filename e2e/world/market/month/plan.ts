import { type Random, randomOf } from '../../random.ts'
import type { Mode } from '../modes.ts'
import { MUTATIONS } from '../mutate.ts'
import { DAY, HOUR, type PlannedAdvert, planAdverts } from './lives.ts'
import { MONTH_HOSTS, type MonthSize, type PlannedSearch, planSearches } from './searches.ts'

/** Everything that a simulated month brings, by its seed: what is there, what happens to it, and when hosts are in trouble. */
export type MonthPlan = {
  readonly size: MonthSize
  readonly searches: readonly PlannedSearch[]
  readonly adverts: readonly PlannedAdvert[]
  readonly troubles: readonly Trouble[]
}

/** A host answers so from one moment to another. */
export type Trouble = { readonly host: string; readonly mode: Mode; readonly from: number; readonly until: number }

export function planMonth(size: MonthSize): MonthPlan {
  const searches = planSearches(size)
  const troubles = MONTH_HOSTS.flatMap(({ host }) => troublesOf(size, host))
  return { size, searches, adverts: planAdverts(size, searches), troubles }
}

const QUIET_END = 4.5 * DAY

/** One to five hours each, a day and more apart; the last days are quiet. */
function troublesOf(size: MonthSize, host: string): readonly Trouble[] {
  const random = randomOf(`${size.seed}/troubles/${host}`)
  const troubles: Trouble[] = []
  for (
    let at = 12 * HOUR + random.next() * DAY;
    at < size.days * DAY - QUIET_END;
    at += (1 + random.next()) * 1.5 * DAY
  ) {
    const from = Math.round(at)
    troubles.push({ host, mode: modeOf(host, random), from, until: from + Math.round((1 + 4 * random.next()) * HOUR) })
  }
  return troubles
}

function modeOf(host: string, random: Random): Mode {
  const modes: readonly Mode[] = [
    ...(['blocked', 'broken', 'captcha200', 'changed', 'partial', 'empty', 'cut', 'gone'] as const),
    ...(host === 'olx.pl' ? (['stateless'] as const) : []),
    { kind: 'rate', retryAfter: 60 * random.int(10, 90) },
    { kind: 'mutated', how: random.pick(MUTATIONS), seed: random.int(1, 1000) },
  ]
  return random.pick(modes)
}
