import { Ban, Flower } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '@/ui/badge'

type Marked = { doNotContact: boolean; deceasedOn: string | null }

/** What must not be overlooked before somebody calls. */
export function ContactMarks({ contact }: { contact: Marked }) {
  const t = useTranslations('contacts.mark')
  return (
    <>
      {contact.doNotContact && (
        <Badge tone="bad" icon={<Ban aria-hidden />}>
          {t('doNotContact')}
        </Badge>
      )}
      {contact.deceasedOn && <Badge icon={<Flower aria-hidden />}>{t('deceased')}</Badge>}
    </>
  )
}

/** The same before a name in a list, where there is room for a sign alone. */
export function MarkedName({ contact }: { contact: Marked & { displayName: string } }) {
  const t = useTranslations('contacts.mark')
  return (
    <>
      {contact.doNotContact && <Sign icon={<Ban aria-hidden className="text-bad" />} label={t('doNotContact')} />}
      {contact.deceasedOn && <Sign icon={<Flower aria-hidden className="text-ink-3" />} label={t('deceased')} />}
      <bdi>{contact.displayName}</bdi>
    </>
  )
}

function Sign({ icon, label }: { icon: ReactNode; label: string }) {
  return (
    <span title={label} className="mr-1 inline-block align-[-2px] [&_svg]:size-3.5 [&_svg]:stroke-2">
      {icon}
      <span className="sr-only">{label} </span>
    </span>
  )
}
