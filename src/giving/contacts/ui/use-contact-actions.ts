import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { truncate } from '@/kernel/text'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import type { ContactStatus } from '../rules'

type Named = { readonly id: string; readonly displayName: string }
type Group = { readonly id: string; readonly name: string }

const idsOf = (rows: readonly Named[]) => rows.map(({ id }) => id)

/** What can be done with one contact or many; what can be undone is, from the toast. For a part that stays on the page. */
export function useContactActions() {
  const t = useTranslations('contacts')
  const [trpc, client, toast] = [useTRPC(), useQueryClient(), useToast()]
  const settled = {
    // Not waited for: the words about a deed come before the rows that it takes away, with whoever would say them.
    onSettled: () => {
      client.invalidateQueries({ queryKey: trpc.contacts.pathKey() })
      client.invalidateQueries({ queryKey: trpc.groups.pathKey() })
    },
  }
  const deleting = useMutation(trpc.contacts.deleteMany.mutationOptions(settled))
  const restoring = useMutation(trpc.contacts.restoreMany.mutationOptions(settled))
  const statuses = useMutation(trpc.contacts.setStatus.mutationOptions(settled))
  const owners = useMutation(trpc.contacts.setOwner.mutationOptions(settled))
  const adding = useMutation(trpc.groups.add.mutationOptions(settled))
  const removing = useMutation(trpc.groups.remove.mutationOptions(settled))
  const exporting = useMutation(trpc.contacts.export.mutationOptions())

  function remove(rows: readonly Named[], then?: () => void) {
    const ids = idsOf(rows)
    const [only, ...others] = rows
    const words =
      only && others.length === 0
        ? t('done.deleted', { name: truncate(only.displayName, 50) })
        : t('done.deletedMany', { count: rows.length })
    const onSuccess = () => {
      toast.done(words, { onUndo: () => restoring.mutate({ ids }) })
      then?.()
    }
    deleting.mutate({ ids }, { onSuccess })
  }

  return {
    remove,
    setStatus(rows: readonly Named[], status: ContactStatus) {
      const told = (count: number) => toast.done(t('done.status', { count, status: t(`status.${status}`) }))
      statuses.mutate({ ids: idsOf(rows), status }, { onSuccess: ({ changed }) => told(changed) })
    },
    setOwner(rows: readonly Named[], owner: Group | null) {
      const told = (count: number) =>
        toast.done(owner ? t('done.owner', { count, name: owner.name }) : t('done.ownerNobody', { count }))
      owners.mutate({ ids: idsOf(rows), ownerId: owner?.id ?? null }, { onSuccess: ({ changed }) => told(changed) })
    },
    addTo(rows: readonly Named[], { id, name }: Group) {
      const input = { id, contactIds: idsOf(rows) }
      const onUndo = () => removing.mutate(input)
      adding.mutate(input, {
        onSuccess: ({ changed }) =>
          toast.done(t('done.added', { count: changed, name }), changed === rows.length ? { onUndo } : undefined),
      })
    },
    removeFrom(rows: readonly Named[], { id, name }: Group) {
      const input = { id, contactIds: idsOf(rows) }
      const onUndo = () => adding.mutate(input)
      removing.mutate(input, {
        onSuccess: ({ changed }) =>
          toast.done(t('done.removed', { count: changed, name }), changed === rows.length ? { onUndo } : undefined),
      })
    },
    exportRows(rows: readonly Named[]) {
      exporting.mutate(
        { ids: idsOf(rows) },
        {
          onSuccess: ({ csv }) => {
            download(csv)
            toast.done(t('done.exported', { count: rows.length }))
          },
        },
      )
    },
  }
}

function download(csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = 'contacts.csv'
  link.click()
  URL.revokeObjectURL(address)
}

export type ContactActions = ReturnType<typeof useContactActions>
