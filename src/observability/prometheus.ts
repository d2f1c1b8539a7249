export type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number | null }

/** A gauge of the text format. A sample without a value is left out. */
export type Gauge = { readonly name: string; readonly help: string; readonly samples: readonly Sample[] }

/** Prometheus' text format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function formatGauges(gauges: readonly Gauge[]): string {
  return gauges.map(formatGauge).join('')
}

function formatGauge({ name, help, samples }: Gauge): string {
  const lines = samples.flatMap(({ labels = {}, value }) =>
    value === null ? [] : [`${name}${formatLabels(labels)} ${value}`],
  )
  return [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${name} gauge`,
    ...lines,
    '',
  ].join('\n')
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
