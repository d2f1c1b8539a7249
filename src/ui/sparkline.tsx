import { cx } from './class-names'

type SparklineProps = {
  values: readonly number[]
  /** What it shows, in words, for screen readers: "New adverts in the last 7 days: 2, 0, 4 …". */
  label: string
  kind?: 'line' | 'bars'
  className?: string
}

const WIDTH = 64
const HEIGHT = 20

/** A word-sized drawing: only whether it rises, falls or rests. */
export function Sparkline({ values, label, kind = 'bars', className }: SparklineProps) {
  const most = Math.max(...values, 1)
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={cx('h-5 w-16 shrink-0 text-wheat', className)}
    >
      {kind === 'bars' ? <Bars values={values} most={most} /> : <Line values={values} />}
    </svg>
  )
}

function Bars({ values, most }: { values: readonly number[]; most: number }) {
  const step = WIDTH / Math.max(values.length, 1)
  return values.map((value, place) => {
    const height = Math.max(1.5, (value / most) * HEIGHT)
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
        key={place}
        x={place * step + 0.75}
        y={HEIGHT - height}
        width={Math.max(step - 1.5, 1)}
        height={height}
        rx={1}
        className={value === 0 ? 'fill-line-strong' : place === values.length - 1 ? 'fill-current' : 'fill-edge'}
      />
    )
  })
}

function Line({ values }: { values: readonly number[] }) {
  const least = Math.min(...values)
  const span = Math.max(...values) - least || 1
  const step = WIDTH / Math.max(values.length - 1, 1)
  const points = values.map((value, place) => `${place * step},${HEIGHT - 2 - ((value - least) / span) * (HEIGHT - 4)}`)
  return (
    <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
  )
}
