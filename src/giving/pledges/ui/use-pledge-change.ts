import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { factsOf } from '@/trpc/client-errors'
import { useToast } from '@/ui/toast'
import { useToldTakenBack } from '../../gifts/ui/use-gift-actions'
import { useRefreshGifts } from '../../gifts/ui/use-gift-list'

type Changed = { readonly takenBack: readonly unknown[] }

/** What every change of a pledge does when it succeeds or is refused; the options of its mutation. */
export function usePledgeChange(done: 'changed' | 'paused' | 'resumed' | 'ended' | 'cancelled', onDone: () => void) {
  const t = useTranslations('pledges.done')
  const [toast, refresh, told] = [useToast(), useRefreshGifts(), useToldTakenBack()]
  const [errors, setErrors] = useState<Record<string, string>>({})
  const options = {
    meta: { quiet: true },
    onError: (error: { message: string }) => setErrors({ ...(factsOf(error)?.fields ?? {}), form: error.message }),
    onSuccess: (changed: Changed) => {
      toast.done(t(done), { description: told(changed) })
      onDone()
      return refresh()
    },
  }
  return { errors, setErrors, options }
}
