'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { ErrorState } from '@/ui/error-state'
import { GroupMarks } from '../../groups/ui/group-marks'
import { ContactAbout } from './contact-about'
import { ContactConsents } from './contact-consents'
import { ContactHeader } from './contact-header'
import { ContactPoints } from './contact-points'
import { type ContactRights, ContactRooms } from './contact-rooms'
import { HouseholdCard } from './household-card'
import { useLiveContacts } from './use-live-contacts'

/** A contact: how to reach them, what is known of them, and what the other rooms of giving keep of them. */
export function ContactPage({ id, rights }: { id: string; rights: ContactRights }) {
  const t = useTranslations('contacts')
  const query = useQuery(useTRPC().contacts.get.queryOptions({ id }))
  useLiveContacts()
  const contact = query.data
  const canWrite = rights.contacts
  if (!contact) return <ErrorState description={query.error?.message} onRetry={() => query.refetch()} />
  return (
    <>
      <ContactHeader contact={contact} canWrite={canWrite} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-4">
          <ContactRooms contactId={id} rights={rights} />
          <Card title={t('part.notes')}>
            <p dir="auto" className="wrap-anywhere max-w-160 whitespace-pre-wrap text-body">
              {contact.notes || <span className="text-ink-3">{t('page.noNotes')}</span>}
            </p>
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:order-first">
          <ContactPoints points={contact.points} />
          <HouseholdCard contact={contact} canWrite={canWrite} />
          <Card title={t('part.groups')}>
            {contact.groups.length > 0 ? (
              <GroupMarks groups={contact.groups} />
            ) : (
              <p className="text-ink-3 text-table">{t('page.noGroups')}</p>
            )}
          </Card>
          <ContactAbout contact={contact} />
          <ContactConsents contact={contact} canWrite={canWrite} />
        </div>
      </div>
    </>
  )
}
