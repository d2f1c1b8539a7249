import { useTranslations } from 'next-intl'
import { StatusDot, type StatusShape } from '@/ui/status-dot'
import type { Tone } from '@/ui/tones'
import type { PledgeState } from '../rules'

type Look = { readonly tone: Tone; readonly shape: StatusShape }

const LOOKS: Record<PledgeState | 'late', Look> = {
  active: { tone: 'sage', shape: 'full' },
  upcoming: { tone: 'info', shape: 'half' },
  paused: { tone: 'neutral', shape: 'ring' },
  completed: { tone: 'neutral', shape: 'full' },
  cancelled: { tone: 'neutral', shape: 'half' },
  late: { tone: 'warn', shape: 'triangle' },
}

type StateProps = { pledge: { readonly state: PledgeState; readonly lateCount: number } }

/** How a pledge stands: what is late says so, whatever else it is. */
export function PledgeStateDot({ pledge }: StateProps) {
  const t = useTranslations('pledges.state')
  const shown = pledge.lateCount > 0 ? 'late' : pledge.state
  const label = shown === 'late' ? t('late', { count: pledge.lateCount }) : t(shown)
  return <StatusDot {...LOOKS[shown]} label={label} />
}
