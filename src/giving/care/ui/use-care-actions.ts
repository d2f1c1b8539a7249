'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import type { CareRow } from '../schema'

/** What the buttons of a row do: each says so, and can be taken back where that is possible. */
export function useCareActions() {
  const t = useTranslations('care.did')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const renew = () => {
    void queries.invalidateQueries(trpc.care.pathFilter())
    void queries.invalidateQueries(trpc.tasks.pathFilter())
  }
  const failed = { onError: (error: { message: string }) => toast.failed(error.message), onSettled: renew }
  const untouch = useMutation(trpc.touches.delete.mutationOptions(failed))
  const unthank = useMutation(trpc.care.unthank.mutationOptions(failed))
  const touch = useMutation(trpc.touches.log.mutationOptions(failed))
  const remind = useMutation(trpc.care.remind.mutationOptions(failed))
  const pause = useMutation(trpc.care.pause.mutationOptions(failed))
  const thank = useMutation(trpc.care.thank.mutationOptions(failed))
  return {
    called: ({ contactId, name }: CareRow) =>
      touch.mutate(
        { contactId, kind: 'call' },
        { onSuccess: ({ id }) => toast.done(t('called', { name }), { onUndo: () => untouch.mutate({ id }) }) },
      ),
    remind: ({ contactId, name }: CareRow) =>
      remind.mutate({ contactId }, { onSuccess: () => toast.done(t('remind', { name })) }),
    pause: ({ pledgeId, name }: CareRow) =>
      pledgeId && pause.mutate({ pledgeId }, { onSuccess: () => toast.done(t('pause', { name })) }),
    thanked: ({ contactId, name }: CareRow) =>
      thank.mutate(
        { contactId },
        { onSuccess: (thanked) => toast.done(t('thanked', { name }), { onUndo: () => unthank.mutate(thanked) }) },
      ),
  }
}
