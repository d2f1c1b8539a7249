'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleDot, Download, Tags, Trash2, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Menu, type MenuEntry } from '@/ui/menu'
import { CONTACT_STATUSES } from '../rules'
import type { ListedContact } from '../schema'
import type { ContactActions } from './use-contact-actions'

type BulkProps = {
  rows: readonly ListedContact[]
  clear: () => void
  canWrite: boolean
  /** The list's: this bar goes before the server has answered. */
  actions: ContactActions
}

/** What the bar over the chosen rows offers. */
export function ContactBulk({ rows, clear, canWrite, actions }: BulkProps) {
  const t = useTranslations('contacts.bulk')
  const then = (deed: () => void) => () => {
    deed()
    clear()
  }
  return (
    <>
      {canWrite && <WritingBulk rows={rows} then={then} actions={actions} />}
      <Button size="small" icon={<Download aria-hidden />} onClick={then(() => actions.exportRows(rows))}>
        {t('export')}
      </Button>
      {canWrite && (
        <Button size="small" icon={<Trash2 aria-hidden />} onClick={then(() => actions.remove(rows))}>
          {t('delete')}
        </Button>
      )}
    </>
  )
}

type WritingProps = Pick<BulkProps, 'rows' | 'actions'> & { then: (deed: () => void) => () => void }

function WritingBulk({ rows, then, actions }: WritingProps) {
  const t = useTranslations('contacts')
  const trpc = useTRPC()
  const groups = useQuery(trpc.groups.list.queryOptions()).data ?? []
  const owners = useQuery(trpc.contacts.owners.queryOptions()).data ?? []
  const joining: MenuEntry[] =
    groups.length === 0
      ? [{ label: t('bulk.noGroups'), href: '/contacts/groups' }]
      : [
          ...groups.map((group) => ({
            label: t('bulk.add', { name: group.name }),
            onSelect: then(() => actions.addTo(rows, group)),
          })),
          { kind: 'separator' },
          ...groups.map((group) => ({
            label: t('bulk.remove', { name: group.name }),
            onSelect: then(() => actions.removeFrom(rows, group)),
          })),
        ]
  const statuses = CONTACT_STATUSES.map((status) => ({
    label: t(`status.${status}`),
    onSelect: then(() => actions.setStatus(rows, status)),
  }))
  const handing = [
    ...owners.map((owner) => ({ label: owner.name, onSelect: then(() => actions.setOwner(rows, owner)) })),
    { label: t('bulk.nobody'), onSelect: then(() => actions.setOwner(rows, null)) },
  ]
  return (
    <>
      <BulkMenu label={t('bulk.group')} icon={<Tags aria-hidden />} items={joining} />
      <BulkMenu label={t('bulk.status')} icon={<CircleDot aria-hidden />} items={statuses} />
      <BulkMenu label={t('bulk.owner')} icon={<UserRound aria-hidden />} items={handing} />
    </>
  )
}

function BulkMenu({ label, icon, items }: { label: string; icon: ReactNode; items: readonly MenuEntry[] }) {
  return (
    <Menu
      label={label}
      items={items}
      side="top"
      trigger={
        <Button size="small" icon={icon}>
          {label}
        </Button>
      }
    />
  )
}
