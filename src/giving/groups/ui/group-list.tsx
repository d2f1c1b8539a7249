'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Pencil, Plus, Tags, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { late } from '@/ui/late'
import { PageHeader } from '@/ui/page-header'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import type { ShownGroup } from '../schema'
import { toneOf } from './group-marks'

const GroupDialog = late(() => import('./group-dialog').then((module) => module.GroupDialog))

/** Shared groups and the reader's own. */
export function GroupList({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('groups')
  const groups = useQuery(useTRPC().groups.list.queryOptions())
  const [editing, setEditing] = useState<ShownGroup | 'new' | null>(null)
  const remove = useRemoval()
  return (
    <>
      <PageHeader
        back={{ href: '/contacts', label: t('back') }}
        title={t('title')}
        summary={t('summary')}
        actions={
          canWrite && (
            <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEditing('new')}>
              {t('add')}
            </Button>
          )
        }
      />
      {groups.isPending && <Skeleton className="h-40 w-full max-w-160" />}
      {groups.isError && <ErrorState onRetry={() => groups.refetch()} />}
      {groups.data?.length === 0 && (
        <EmptyState icon={<Tags aria-hidden />} title={t('empty')} description={t('emptyWhy')} />
      )}
      {groups.data && groups.data.length > 0 && (
        <Card flush className="max-w-160">
          <ul className="divide-y divide-line">
            {groups.data.map((group) => (
              <GroupLine
                key={group.id}
                group={group}
                onEdit={canWrite ? () => setEditing(group) : undefined}
                onDelete={() => remove(group)}
              />
            ))}
          </ul>
        </Card>
      )}
      {editing && <GroupDialog group={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </>
  )
}

type LineProps = { group: ShownGroup; onEdit: (() => void) | undefined; onDelete: () => void }

function GroupLine({ group, onEdit, onDelete }: LineProps) {
  const t = useTranslations('groups')
  const { id, name, colour, count, personal } = group
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <Link href={`/contacts?group=${id}`} className="min-w-0 flex-1">
        <Badge tone={toneOf(colour)}>{name}</Badge>
        <span className="figures ml-2 text-ink-3 text-table">
          {[t('count', { count }), ...(personal ? [t('own')] : [])].join(' · ')}
        </span>
      </Link>
      {onEdit && (
        <>
          <IconButton size="small" label={t('edit', { name })} icon={<Pencil aria-hidden />} onClick={onEdit} />
          <IconButton size="small" label={t('delete', { name })} icon={<Trash2 aria-hidden />} onClick={onDelete} />
        </>
      )}
    </li>
  )
}

function useRemoval() {
  const t = useTranslations('groups')
  const [trpc, client, toast] = [useTRPC(), useQueryClient(), useToast()]
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: trpc.groups.pathKey() }) }
  const deleting = useMutation(trpc.groups.delete.mutationOptions(settled))
  const restoring = useMutation(trpc.groups.restore.mutationOptions(settled))
  return ({ id, name }: ShownGroup) =>
    deleting.mutate(
      { id },
      { onSuccess: () => toast.done(t('deleted', { name }), { onUndo: () => restoring.mutate({ id }) }) },
    )
}
