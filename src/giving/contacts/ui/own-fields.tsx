'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { EyeOff, Pencil, Plus, Rows3 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { late } from '@/ui/late'
import { PageHeader } from '@/ui/page-header'
import { Skeleton } from '@/ui/skeleton'
import type { ShownField } from '../schema'

const FieldDialog = late(() => import('./field-dialog').then((module) => module.FieldDialog))

/** The fields that a workspace adds to its contacts. */
export function OwnFields() {
  const t = useTranslations('contacts')
  const fields = useQuery(useTRPC().contacts.fields.queryOptions())
  const [editing, setEditing] = useState<ShownField | 'new' | null>(null)
  return (
    <>
      <PageHeader
        back={{ href: '/contacts', label: t('title') }}
        title={t('fields.title')}
        summary={t('fields.summary')}
        actions={
          <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEditing('new')}>
            {t('fields.add')}
          </Button>
        }
      />
      {fields.isPending && <Skeleton className="h-40 w-full max-w-160" />}
      {fields.isError && <ErrorState onRetry={() => fields.refetch()} />}
      {fields.data?.length === 0 && (
        <EmptyState icon={<Rows3 aria-hidden />} title={t('fields.empty')} description={t('fields.emptyWhy')} />
      )}
      {fields.data && fields.data.length > 0 && (
        <Card flush className="max-w-160">
          <ul className="divide-y divide-line">
            {fields.data.map((field) => (
              <FieldLine key={field.id} field={field} onEdit={() => setEditing(field)} />
            ))}
          </ul>
        </Card>
      )}
      {editing && <FieldDialog field={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </>
  )
}

function FieldLine({ field, onEdit }: { field: ShownField; onEdit: () => void }) {
  const t = useTranslations('contacts.fields')
  const [trpc, client] = [useTRPC(), useQueryClient()]
  const { id, name, kind, choices } = field
  const hiding = useMutation(
    trpc.contacts.deleteField.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.contacts.pathKey() }),
    }),
  )
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-ink-3 text-meta">{[t(kind), ...choices].join(' · ')}</span>
      </span>
      <IconButton size="small" label={t('rename', { name })} icon={<Pencil aria-hidden />} onClick={onEdit} />
      <ConfirmDialog
        trigger={<IconButton size="small" label={t('hide', { name })} icon={<EyeOff aria-hidden />} />}
        title={t('hideTitle')}
        description={t('hideWhat')}
        confirm={t('hideDo')}
        onConfirm={() => hiding.mutateAsync({ id })}
        danger
      />
    </li>
  )
}
