import { Ban, Flower } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/ui/badge'

type MarksProps = { contact: { doNotContact: boolean; deceasedOn: string | null } }

/** What must not be overlooked before somebody calls. */
export function ContactMarks({ contact }: MarksProps) {
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
