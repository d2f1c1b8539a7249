'use client'

import { useTranslations } from 'next-intl'
import { useMomentWords } from '../../watches/ui/use-moment-words'
import { type Cell, type CountedHour, cellsOf, countsOf, totalOf } from '../rules-hours'

type VerdictStripProps = { hours: readonly CountedHour[]; label: string; cells: number; hoursEach: number }

/** How a host answered over time: a bar a stretch, as high as it was asked often, marked where it did not answer well. */
export function VerdictStrip({ hours, label, cells: count, hoursEach }: VerdictStripProps) {
  const t = useTranslations('sources')
  const { now, at } = useMomentWords()
  const cells = cellsOf(hours, now, count, hoursEach)
  const most = Math.max(1, ...cells.map(({ counts }) => totalOf(counts)))
  const sums = countsOf(hours.filter(({ hour }) => Date.parse(hour) >= (cells[0]?.from ?? 0)))
  const words = totalOf(sums) === 0 ? t('strip.none') : t('strip.sums', sums)
  return (
    <figure>
      <figcaption className="flex flex-wrap justify-between gap-x-3 text-ink-3 text-meta">
        <span>{label}</span>
        <span>{words}</span>
      </figcaption>
      <div role="img" aria-label={`${label}: ${words}`} className="mt-1 flex h-7 items-end gap-px border-line border-b">
        {cells.map((cell) => (
          <Bar
            key={cell.from}
            cell={cell}
            most={most}
            title={`${at(new Date(cell.from))}: ${t('strip.sums', cell.counts)}`}
          />
        ))}
      </div>
    </figure>
  )
}

function Bar({ cell, most, title }: { cell: Cell; most: number; title: string }) {
  const total = totalOf(cell.counts)
  if (total === 0) return <span className="h-full flex-1" />
  const bad = total - cell.counts.well
  const height = Math.max(20, (total / most) * 100)
  return (
    <span title={title} style={{ height: `${height}%` }} className="flex flex-1 flex-col overflow-hidden rounded-t-sm">
      {bad > 0 && <span style={{ flexGrow: bad }} className={cell.counts.well === 0 ? 'bg-bad' : 'bg-warn'} />}
      {cell.counts.well > 0 && <span style={{ flexGrow: cell.counts.well }} className="bg-good" />}
    </span>
  )
}
