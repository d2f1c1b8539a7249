import { useTranslations } from 'next-intl'
import { StatusDot, type StatusShape } from '@/ui/status-dot'
import type { Tone } from '@/ui/tones'
import type { ContactStatus } from '../rules'

const LOOKS: Record<ContactStatus, { tone: Tone; shape: StatusShape }> = {
  prospect: { tone: 'neutral', shape: 'ring' },
  asked: { tone: 'info', shape: 'half' },
  donor: { tone: 'sage', shape: 'full' },
  lapsed: { tone: 'warn', shape: 'triangle' },
  declined: { tone: 'neutral', shape: 'half' },
}

export function ContactStatusDot({ status, quiet }: { status: ContactStatus; quiet?: boolean }) {
  const t = useTranslations('contacts.status')
  return <StatusDot {...LOOKS[status]} label={t(status)} quiet={quiet} />
}
