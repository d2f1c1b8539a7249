import { useTranslations } from 'next-intl'
import { StatusDot } from '@/ui/status-dot'
import type { RunRow } from './job-types'

const looks = {
  queued: { tone: 'info', shape: 'ring' },
  running: { tone: 'info', shape: 'half' },
  sleeping: { tone: 'neutral', shape: 'ring' },
  waiting: { tone: 'neutral', shape: 'ring' },
  completed: { tone: 'good', shape: 'full' },
  failed: { tone: 'bad', shape: 'triangle' },
  cancelled: { tone: 'neutral', shape: 'full' },
  skipped: { tone: 'neutral', shape: 'ring' },
} as const

export function RunStateDot({ state }: { state: RunRow['state'] }) {
  const t = useTranslations('jobs.states')
  return <StatusDot {...looks[state]} label={t(state)} />
}
