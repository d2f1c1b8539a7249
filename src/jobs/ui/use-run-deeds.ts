import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'

/** Cancel and retry, with their toasts; the lists are read again whatever comes of it. */
export function useRunDeeds(onOpen: (id: string) => void) {
  const t = useTranslations('jobs.actions')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.jobs.pathKey() })
  const cancel = useMutation(
    trpc.jobs.cancel.mutationOptions({ onSuccess: () => toast.done(t('cancelled')), onSettled }),
  )
  const retry = useMutation(
    trpc.jobs.retry.mutationOptions({
      onSuccess: ({ run }) => {
        toast.done(t('retried'))
        onOpen(run)
      },
      onSettled,
    }),
  )
  return {
    cancel: (run: string) => cancel.mutateAsync({ run }),
    retry: (run: string) => retry.mutate({ run }),
    isRetrying: retry.isPending,
  }
}
