'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { currencySign } from '@/kernel/money'
import { useTRPC } from '@/trpc/client'
import { factsOf } from '@/trpc/client-errors'
import { useFind } from '@/trpc/client-find'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useToast } from '@/ui/toast'
import type { ShownGift } from '../schema'
import { readGiftAmount, toAmountText } from './gift-draft'
import { useToldTakenBack } from './use-gift-actions'
import { useRefreshGifts } from './use-gift-list'
import { useToday } from './use-today'

/** Gives back all or a part: an entry of its own. */
export function RefundDialog({ gift, onClose }: { gift: ShownGift; onClose: () => void }) {
  const t = useTranslations('gifts')
  const [trpc, toast, refresh, told, find] = [useTRPC(), useToast(), useRefreshGifts(), useToldTakenBack(), useFind()]
  const locale = useLocale()
  const left = (BigInt(gift.amount) - BigInt(gift.refunded)).toString()
  const [amount, setAmount] = useState(() => toAmountText(left, gift.currency, locale))
  const [givenOn, setGivenOn] = useState(useToday())
  const [errors, setErrors] = useState<Record<string, string>>({})
  const refund = useMutation(
    trpc.gifts.refund.mutationOptions({
      meta: { quiet: true },
      onError: (error) => setErrors({ amount: error.message, ...(factsOf(error)?.fields ?? {}) }),
      onSuccess: (changed) => {
        toast.done(t('done.refunded'), { description: told(changed) })
        onClose()
        return refresh()
      },
    }),
  )
  function save() {
    const read = readGiftAmount(amount, gift.currency)
    if ('reason' in read) return setErrors({ amount: find(`errors.${read.reason}`) ?? read.reason })
    refund.mutate({ id: gift.id, version: gift.version, amount: read.amount, givenOn, note: '' })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('refund.title')}
      description={t('refund.description')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" variant="primary" busy={refund.isPending}>
            {t('action.refund')}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('column.amount')} error={errors.amount}>
          <Input
            numeric
            autoFocus
            value={amount}
            after={currencySign(gift.currency, locale)}
            onChange={(event) => setAmount(event.target.value)}
          />
        </Field>
        <Field label={t('column.date')} error={errors.givenOn}>
          <Input type="date" value={givenOn} onChange={(event) => setGivenOn(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  )
}
