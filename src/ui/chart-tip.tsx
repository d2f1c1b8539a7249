/** What the axes of every chart share. */
export const axisProps = {
  stroke: 'var(--line-strong)',
  tick: { fill: 'var(--ink-3)', fontSize: 11 },
  tickLine: false,
  axisLine: false,
} as const

type ChartTipProps = { title: string; rows: readonly { name: string; value: string }[] }

export function ChartTip({ title, rows }: ChartTipProps) {
  return (
    <div className="rounded-control border border-line bg-raised px-2.5 py-1.5 text-meta shadow-lift">
      <p className="text-ink-3">{title}</p>
      {rows.map((row) => (
        <p key={row.name} className="figures flex justify-between gap-3">
          <span className="text-ink-2">{row.name}</span>
          <span className="font-medium text-ink">{row.value}</span>
        </p>
      ))}
    </div>
  )
}
