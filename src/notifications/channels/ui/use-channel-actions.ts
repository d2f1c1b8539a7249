import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import { useReason } from '../../deliveries/ui/use-reason'

type Named = { readonly id: string; readonly name: string }

/** Test, rename, delete with undo. */
export function useChannelActions() {
  const t = useTranslations('channels')
  const [trpc, queries, toast, reason] = [useTRPC(), useQueryClient(), useToast(), useReason()]
  const onSettled = () => queries.invalidateQueries(trpc.channels.list.queryFilter())
  const testing = useMutation(trpc.channels.test.mutationOptions({ onSettled }))
  const renaming = useMutation(trpc.channels.rename.mutationOptions({ onSettled }))
  const deleting = useMutation(trpc.channels.delete.mutationOptions({ onSettled }))
  const restoring = useMutation(trpc.channels.restore.mutationOptions({ onSettled }))

  type Outcome = { readonly state: string; readonly reason: string | null; readonly detail: string | null }
  const tell = (name: string, outcome: Outcome) => {
    const why = { reason: reason(outcome.reason) }
    if (outcome.state === 'sent') toast.done(t('tested.sent', { name }))
    else if (outcome.state === 'pending' || outcome.state === 'sending') toast.told(t('tested.later', why))
    else toast.failed(t('tested.failed', why), { description: outcome.detail ?? undefined })
  }
  return {
    testingId: testing.isPending ? testing.variables.id : null,
    test: ({ id, name }: Named) => testing.mutate({ id }, { onSuccess: (outcome) => tell(name, outcome) }),
    rename: ({ id, name }: Named, next: string) => {
      const onUndo = () => renaming.mutate({ id, name })
      renaming.mutate({ id, name: next }, { onSuccess: () => toast.done(t('rename.done'), { onUndo }) })
    },
    remove: ({ id, name }: Named) => {
      const onUndo = () => restoring.mutate({ id })
      deleting.mutate({ id }, { onSuccess: () => toast.done(t('deleted', { name }), { onUndo }) })
    },
  }
}
