'use client'

import { Plus, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { Menu } from '@/ui/menu'
import { MoreRows, PaleWhile } from '@/ui/more-rows'
import { PageHeader } from '@/ui/page-header'
import { useAddress } from '@/ui/use-address'
import { ContactBulk } from './contact-bulk'
import { useContactColumns } from './contact-columns'
import { ContactFilters } from './contact-filters'
import { contactListInput } from './contact-list-input'
import { contactListParams } from './contact-list-params'
import { useContactActions } from './use-contact-actions'
import { type FirstContacts, useContactList } from './use-contact-list'
import { useLiveContacts } from './use-live-contacts'

type ContactListProps = { canWrite: boolean; canSettle: boolean; first?: FirstContacts }

/** All contacts: search, filters and order stand in the address. */
export function ContactList({ canWrite, canSettle, first }: ContactListProps) {
  const t = useTranslations('contacts')
  const [params, setParams] = useAddress(contactListParams)
  const input = useMemo(() => contactListInput(params), [params])
  const { rows, state, query } = useContactList(input, first)
  const columns = useContactColumns()
  const actions = useContactActions()
  useLiveContacts()
  const { sort, ...asked } = input
  const filtered = Object.keys(asked).length > 0
  return (
    <>
      <PageHeader
        title={t('title')}
        summary={t('summary')}
        actions={<ListActions canWrite={canWrite} canSettle={canSettle} />}
      />
      <ContactFilters params={params} onChange={setParams} />
      <PaleWhile stale={query.isPlaceholderData}>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => row.displayName}
          rowHref={(row) => `/contacts/${row.id}`}
          state={state}
          onRetry={() => query.refetch()}
          isMuted={(row) => row.deceasedOn !== null}
          sort={sort === 'name' ? { id: 'name', desc: false } : null}
          onSortChange={(next) => setParams({ sort: next ? 'name' : 'newest' })}
          serverSort
          rowKeys={canWrite ? { delete: (row) => actions.remove([row]) } : undefined}
          bulkActions={(chosen, clear) => (
            <ContactBulk rows={chosen} clear={clear} canWrite={canWrite} actions={actions} />
          )}
          empty={filtered ? <NoneFits onClear={() => setParams(null)} /> : <NoContacts canWrite={canWrite} />}
          footer={<MoreRows query={query} label={t('more')} />}
        />
      </PaleWhile>
    </>
  )
}

function ListActions({ canWrite, canSettle }: { canWrite: boolean; canSettle: boolean }): ReactNode {
  const t = useTranslations('contacts')
  const items = [
    { label: t('menu.groups'), href: '/contacts/groups' },
    ...(canWrite ? [{ label: t('menu.imports'), href: '/imports' }] : []),
    ...(canSettle ? [{ label: t('menu.fields'), href: '/contacts/fields' }] : []),
  ]
  return <Menu label={t('form.more')} items={items} />
}

function NoContacts({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('contacts.empty')
  return (
    <EmptyState
      icon={<UsersRound aria-hidden />}
      title={t('title')}
      description={t('description')}
      action={
        canWrite && (
          <LinkButton href="/contacts/new" variant="primary" icon={<Plus aria-hidden />}>
            {t('action')}
          </LinkButton>
        )
      }
    />
  )
}

function NoneFits({ onClear }: { onClear: () => void }) {
  const t = useTranslations('contacts')
  return <EmptyState title={t('none')} action={<Button onClick={onClear}>{t('filter.clear')}</Button>} />
}
