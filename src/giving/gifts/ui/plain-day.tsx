import { useFormatter } from 'next-intl'

/** A day of the calendar as its reader writes it: "10 Nov 2026". */
export function usePlainDay(): (date: string) => string {
  const format = useFormatter()
  return (date) => format.dateTime(new Date(`${date}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
}

export function PlainDay({ date, className }: { date: string; className?: string }) {
  const show = usePlainDay()
  return (
    <time dateTime={date} className={className}>
      {show(date)}
    </time>
  )
}
