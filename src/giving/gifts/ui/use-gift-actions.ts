import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import { useRefreshGifts } from './use-gift-list'

type Changed = { readonly takenBack: readonly unknown[] }

/** What is said when a change took back what had been allocated by hand. */
export function useToldTakenBack(): (changed: Changed) => string | undefined {
  const t = useTranslations('gifts.done')
  return ({ takenBack }) => (takenBack.length > 0 ? t('takenBack', { count: takenBack.length }) : undefined)
}

/** Voiding and counting again: done at once, undone from the toast. */
export function useGiftActions() {
  const t = useTranslations('gifts.done')
  const [trpc, toast, refresh, told] = [useTRPC(), useToast(), useRefreshGifts(), useToldTakenBack()]
  const options = { onSettled: refresh }
  const voiding = useMutation(trpc.gifts.void.mutationOptions(options))
  const unvoiding = useMutation(trpc.gifts.unvoid.mutationOptions(options))
  const freeing = useMutation(trpc.gifts.free.mutationOptions(options))
  return {
    void: (id: string) =>
      voiding.mutate(
        { id },
        {
          onSuccess: (changed) =>
            toast.done(t('voided'), { description: told(changed), onUndo: () => unvoiding.mutate({ id }) }),
        },
      ),
    unvoid: (id: string) => unvoiding.mutate({ id }, { onSuccess: () => toast.done(t('unvoided')) }),
    free: (giftId: string, instalmentId: string) =>
      freeing.mutate({ giftId, instalmentId }, { onSuccess: () => toast.done(t('freed')) }),
  }
}
