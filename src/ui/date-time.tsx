'use client'

import { useFormatter, useNow } from 'next-intl'

type DateTimeProps = {
  value: Date | string | number
  /** `relative`: "2 min ago", with the moment itself as a tooltip. */
  show?: 'relative' | 'date' | 'dateTime' | 'time'
  className?: string
}

const shapes = {
  date: { dateStyle: 'medium' },
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
} as const

const MINUTE_MS = 60_000

/** A moment, in the reader's language and the workspace's zone. */
export function DateTime({ value, show = 'relative', className }: DateTimeProps) {
  const format = useFormatter()
  const now = useNow({ updateInterval: MINUTE_MS })
  const date = new Date(value)
  const whole = format.dateTime(date, shapes.dateTime)
  // A row that came just now may be some milliseconds ahead of this page's clock.
  const shown =
    show === 'relative' ? format.relativeTime(date, date > now ? date : now) : format.dateTime(date, shapes[show])
  return (
    <time dateTime={date.toISOString()} title={show === 'dateTime' ? undefined : whole} className={className}>
      {shown}
    </time>
  )
}
