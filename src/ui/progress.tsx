'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { cx } from './class-names'

type ProgressProps = {
  /** What is being done: "Reading rows". */
  label: string
  done: number
  /** Null while nobody knows how much there is. */
  total: number | null
  /** How long it will still take, where that can be told. */
  secondsLeft?: number | null
}

const MINUTE_SECONDS = 60

/** What, how far, how long. */
export function Progress({ label, done, total, secondsLeft }: ProgressProps) {
  const t = useTranslations('ui.progress')
  const format = useFormatter()
  const time = secondsLeft == null ? null : format.number(...inUnits(secondsLeft))
  const share = total ? Math.min(100, (done / total) * 100) : null
  const reach =
    total === null ? format.number(done) : t('of', { done: format.number(done), total: format.number(total) })
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5">
      <span className="font-medium text-table">{label}</span>
      <span className="figures text-ink-2 text-table">{reach}</span>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === null ? undefined : done}
        aria-valuetext={reach}
        className="col-span-2 h-1.5 overflow-hidden rounded-full bg-press"
      >
        <div
          className={cx('h-full rounded-full bg-wheat transition-[width]', share === null && 'w-1/3 animate-pulse')}
          style={share === null ? undefined : { width: `${share}%` }}
        />
      </div>
      {time && <span className="col-span-2 text-ink-3 text-meta">{t('left', { time })}</span>}
    </div>
  )
}

/** Whole minutes from one minute on: seconds that jump about tell nobody anything. */
function inUnits(seconds: number): [number, { style: 'unit'; unit: string; unitDisplay: 'long' }] {
  const inMinutes = seconds >= MINUTE_SECONDS
  const value = inMinutes ? Math.round(seconds / MINUTE_SECONDS) : Math.max(1, Math.round(seconds))
  return [value, { style: 'unit', unit: inMinutes ? 'minute' : 'second', unitDisplay: 'long' }]
}
