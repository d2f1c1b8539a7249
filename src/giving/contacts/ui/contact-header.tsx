'use client'

import { Mail, Merge, Pencil, Phone, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { LinkButton } from '@/ui/link-button'
import { Menu } from '@/ui/menu'
import { PageHeader } from '@/ui/page-header'
import type { ShownContact } from '../schema'
import { ContactMarks } from './contact-marks'
import { ContactStatusDot } from './contact-status'
import { MergeDialog } from './merge-dialog'
import { useContactActions } from './use-contact-actions'

type HeaderProps = { contact: ShownContact; canWrite: boolean }

/** Name, status and owner, and the buttons that reach them. */
export function ContactHeader({ contact, canWrite }: HeaderProps) {
  const t = useTranslations('contacts')
  const format = useFormatter()
  const { createdAt, displayName, ownerName, salutation } = contact
  const since = t('page.since', { date: format.dateTime(new Date(createdAt), { dateStyle: 'medium' }) })
  const facts = [salutation, ownerName ? t('page.owner', { name: ownerName }) : t('page.unowned'), since]
  return (
    <PageHeader
      back={{ href: '/contacts', label: t('title') }}
      title={<bdi className="wrap-anywhere">{displayName}</bdi>}
      summary={
        <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
          <ContactStatusDot status={contact.status} />
          <ContactMarks contact={contact} />
          <span>{facts.filter(Boolean).join(' · ')}</span>
        </span>
      }
      actions={
        <>
          {!contact.deceasedOn && !contact.doNotContact && <ReachButtons contact={contact} />}
          {canWrite && (
            <>
              <LinkButton href={`/contacts/${contact.id}/edit`} icon={<Pencil aria-hidden />}>
                {t('page.edit')}
              </LinkButton>
              <ContactMenu contact={contact} />
            </>
          )}
        </>
      }
    />
  )
}

/** Not offered for who must not be contacted; their card still says the numbers. */
function ReachButtons({ contact }: { contact: ShownContact }) {
  const t = useTranslations('contacts.page')
  const primary = (kind: string) => contact.points.find((point) => point.kind === kind && point.primary)
  const [phone, email] = [primary('phone'), primary('email')]
  return (
    <>
      {phone?.dial && (
        <LinkButton
          href={`tel:${phone.dial}`}
          icon={<Phone aria-hidden />}
          aria-label={t('call', { phone: phone.value })}
        >
          <span className="figures">{phone.value}</span>
        </LinkButton>
      )}
      {email && !email.bounced && (
        <LinkButton
          href={`mailto:${email.value}`}
          icon={<Mail aria-hidden />}
          aria-label={t('write', { email: email.value })}
        >
          <span className="max-w-48 truncate max-sm:hidden">{email.value}</span>
        </LinkButton>
      )}
    </>
  )
}

function ContactMenu({ contact }: { contact: ShownContact }) {
  const t = useTranslations('contacts.menu')
  const [actions, router] = [useContactActions(), useRouter()]
  const [merging, setMerging] = useState(false)
  const items = [
    { label: t('merge'), icon: <Merge aria-hidden />, onSelect: () => setMerging(true) },
    {
      label: t('delete'),
      icon: <Trash2 aria-hidden />,
      danger: true,
      onSelect: () => actions.remove([contact], () => router.push('/contacts')),
    },
  ]
  return (
    <>
      <Menu label={t('label', { name: contact.displayName })} items={items} />
      {merging && <MergeDialog contact={contact} onClose={() => setMerging(false)} />}
    </>
  )
}
