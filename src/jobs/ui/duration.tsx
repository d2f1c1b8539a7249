import { useFormatter } from 'next-intl'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long something took, in its largest unit with one decimal where that says more. */
export function Duration({ ms }: { ms: number }) {
  const format = useFormatter()
  const [unit, size] = unitOf(ms)
  const style = { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: ms < SECOND ? 0 : 1 } as const
  return <span className="figures">{format.number(ms / size, style)}</span>
}

function unitOf(ms: number): readonly [string, number] {
  if (ms < SECOND) return ['millisecond', 1]
  if (ms < MINUTE) return ['second', SECOND]
  return ms < HOUR ? ['minute', MINUTE] : ['hour', HOUR]
}

/** Between two moments of a row; null while one of them is missing. */
export function msBetween(from: string | null, to: string | null): number | null {
  return from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : null
}
