import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Card } from '@/ui/card'
import { LinkButton } from '@/ui/link-button'
import type { ShownContact } from '../schema'

type HouseholdProps = { contact: ShownContact; canWrite: boolean }

/** The people of a household, or the household of a person. */
export function HouseholdCard({ contact, canWrite }: HouseholdProps) {
  const t = useTranslations('contacts')
  const { id, kind, household, members } = contact
  if (kind === 'household') {
    return (
      <Card
        title={t('part.members')}
        actions={
          canWrite && (
            <LinkButton href={`/contacts/new?household=${id}`} size="small" variant="ghost" icon={<Plus aria-hidden />}>
              {t('page.addMember')}
            </LinkButton>
          )
        }
      >
        {members.length > 0 ? <Names list={members} /> : <p className="text-ink-3 text-table">{t('page.noMembers')}</p>}
      </Card>
    )
  }
  if (!household) return null
  return (
    <Card title={t('part.household')}>
      <Names list={[household]} />
    </Card>
  )
}

function Names({ list }: { list: readonly { id: string; displayName: string }[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {list.map(({ id, displayName }) => (
        <li key={id}>
          <Link href={`/contacts/${id}`} className="text-table underline-offset-3 hover:underline">
            <bdi>{displayName}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  )
}
