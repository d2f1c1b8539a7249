'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { factsOf } from '@/trpc/client-errors'
import { Button } from '@/ui/button'
import { useToast } from '@/ui/toast'
import type { ShownGift } from '../schema'
import { CreditFields } from './credit-fields'
import { draftOf, readDraft } from './gift-draft'
import { AmountField, CurrencyField, DateField, FundField, MethodField, MoreFields, TypeField } from './gift-fields'
import { useToldTakenBack } from './use-gift-actions'
import { useRefreshGifts } from './use-gift-list'
import { useToday } from './use-today'

/** Changes a gift in its panel. Who comes second is told, and what they typed stays. */
export function EditGift({ gift, onDone }: { gift: ShownGift; onDone: () => void }) {
  const t = useTranslations('gifts')
  const [trpc, toast, refresh, told, today] = [useTRPC(), useToast(), useRefreshGifts(), useToldTakenBack(), useToday()]
  const locale = useLocale()
  const [draft, setDraft] = useState(() => draftOf(gift, locale))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const edit = useMutation(
    trpc.gifts.edit.mutationOptions({
      meta: { quiet: true },
      onError: (error) => setErrors({ ...(factsOf(error)?.fields ?? {}), form: error.message }),
      onSuccess: (changed) => {
        toast.done(t('done.saved'), { description: told(changed) })
        onDone()
        return refresh()
      },
    }),
  )
  const fields = { draft, errors, onChange: (part: Partial<typeof draft>) => setDraft({ ...draft, ...part }) }
  function save() {
    const read = readDraft(draft, today)
    setErrors({ ...read.errors })
    if (!read.input) return
    const { contactId: _, ...change } = read.input
    edit.mutate({ id: gift.id, version: gift.version, ...change })
  }
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        <AmountField {...fields} />
        <CurrencyField {...fields} />
        <DateField {...fields} />
        <MethodField {...fields} />
        <FundField {...fields} />
        <TypeField {...fields} />
      </div>
      <MoreFields {...fields} />
      <CreditFields {...fields} />
      {errors.form && (
        <p role="alert" className="text-bad-ink text-table">
          {errors.form}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={edit.isPending}>
          {t('form.save')}
        </Button>
        <Button onClick={onDone}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}
