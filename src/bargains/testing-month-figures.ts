import type { Month } from './testing-month'
import { judgeAdverts, judgeBaselines, judgeGone, judgeReposts } from './testing-month-judge'
import type { HostCost } from './testing-month-meter'
import type { Told } from './testing-month-told'
import { judgePoliteness, judgeTroubles } from './testing-month-troubles'
import type { Due } from './testing-month-truth'

export type MonthFigure = { readonly measure: string; readonly value: number; readonly unit: string }

/** What must be nothing: events that were not told, or twice, or that never were; requests beyond what a host grants. */
export type Faults = Readonly<Record<'missed' | 'doubled' | 'invented' | 'impolite', readonly unknown[]>>

const MOST_A_MINUTE = 20

export function faultsOf(month: Month, told: Told): Faults {
  const adverts = judgeAdverts(month, told)
  const gone = judgeGone(month, told)
  const troubles = judgeTroubles(month, told)
  const asked = judgePoliteness(month)
  return {
    missed: [...adverts.missed, ...gone.missed, ...troubles.missed],
    doubled: [...adverts.doubled, ...gone.doubled, ...told.signals.filter(({ deliveries }) => deliveries !== 1)],
    invented: [...adverts.invented, ...gone.invented, ...troubles.wrong, ...judgeBaselines(month, told)],
    impolite: asked.filter((one) => one.busiestMinute > MOST_A_MINUTE || one.atOnce > 1 || one.early > 0),
  }
}

export function figuresOf(month: Month, told: Told): readonly MonthFigure[] {
  const { found } = judgeAdverts(month, told)
  const gone = judgeGone(month, told)
  const reposts = judgeReposts(month, told)
  const lags = (kind: Due['kind']) => found.filter(({ due }) => due.kind === kind).map(({ due, at }) => at - due.at)
  const faults = faultsOf(month, told)
  return [
    figure('days', month.until / 86_400_000, `of ${month.plan.size.days}`),
    ...lagFigures('new adverts told', lags('new')),
    ...lagFigures('price drops told', lags('drop')),
    ...lagFigures('reappeared told', lags('again')),
    ...lagFigures(
      'found gone',
      gone.found.filter(({ favourite }) => !favourite).map(({ lag }) => lag),
    ),
    ...lagFigures(
      'favourites found gone',
      gone.found.filter(({ favourite }) => favourite).map(({ lag }) => lag),
    ),
    figure('reposts known for what they are', reposts.found, `of ${reposts.planned}`),
    figure('reposts taken for one that are none', reposts.invented, ''),
    figure('troubles and recoveries told', judgeTroubles(month, told).told, ''),
    ...Object.entries(faults).map(([name, list]) => figure(name, list.length, '')),
    ...costFigures(month, found.length + gone.found.length),
  ]
}

function costFigures(month: Month, events: number): readonly MonthFigure[] {
  const asked = judgePoliteness(month)
  const requests = asked.reduce((sum, one) => sum + one.requests, 0)
  const costs = [...month.meter.hosts]
  const sum = (name: keyof HostCost) => costs.reduce((all, [, cost]) => all + cost[name], 0)
  return [
    figure('requests', requests, ''),
    figure('searches scanned', sum('scans'), ''),
    figure('requests for each event found', requests / events, ''),
    figure('most requests to one host in any minute', Math.max(...asked.map((one) => one.busiestMinute)), 'of 20'),
    figure('bytes over the line, a request', sum('bytes') / requests, 'B'),
    ...costs.map(([host, cost]) => figure(`${host}: bytes over the line, a scan`, cost.scanBytes / cost.scans, 'B')),
    ...[...month.meter.parsers].flatMap(([source, { pages, cpu }]) =>
      pages === 0 ? [] : [figure(`${source}: processor time of parsing, a page`, cpu / pages, 'ms')],
    ),
  ]
}

function lagFigures(name: string, lags: readonly number[]): readonly MonthFigure[] {
  const sorted = lags.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0) / 60_000
  return [
    figure(name, lags.length, ''),
    figure(`${name}, after, p50`, at(0.5), 'min'),
    figure(`${name}, after, p95`, at(0.95), 'min'),
  ]
}

function figure(measure: string, value: number, unit: string): MonthFigure {
  return { measure, value: Number(value.toFixed(2)), unit }
}
