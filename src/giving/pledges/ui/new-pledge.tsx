'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { factsOf } from '@/trpc/client-errors'
import { Button } from '@/ui/button'
import { Checkbox } from '@/ui/checkbox'
import { Field } from '@/ui/field'
import { PageHeader } from '@/ui/page-header'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'
import { ContactPicker } from '../../gifts/ui/contact-picker'
import { CurrencySelect } from '../../gifts/ui/currency-select'
import { useRefreshGifts } from '../../gifts/ui/use-gift-list'
import { useToday } from '../../gifts/ui/use-today'
import { emptyPromise, readPromise } from './pledge-draft'
import { AmountInput, DayInput, FrequencySelect, useFieldError } from './promise-fields'

type NewPledgeProps = { currency: string; contact: { id: string; name: string } | null }

const NONE = 'none'

/** A new promise: who, how much, how often, from when. */
export function NewPledge({ currency, contact }: NewPledgeProps) {
  const t = useTranslations('pledges')
  const [trpc, toast, router, refresh] = [useTRPC(), useToast(), useRouter(), useRefreshGifts()]
  const today = useToday()
  const funds = useQuery(trpc.funds.list.queryOptions()).data?.filter((fund) => !fund.archived) ?? []
  const [draft, setDraft] = useState(() => ({ ...emptyPromise(today, currency), contact }))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const errorOf = useFieldError(errors)
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const create = useMutation(
    trpc.pledges.create.mutationOptions({
      meta: { quiet: true },
      onError: (error) => setErrors({ ...(factsOf(error)?.fields ?? {}), form: error.message }),
      onSuccess: ({ id }) => {
        toast.done(t('done.created', { name: draft.contact?.name ?? '' }))
        router.push(`/pledges/${id}`)
        return refresh()
      },
    }),
  )
  function save() {
    const read = readPromise(draft)
    setErrors({ ...read.errors })
    if (read.input) create.mutate(read.input)
  }
  return (
    <>
      <PageHeader title={t('form.title')} back={{ href: '/pledges', label: t('title') }} />
      <form
        method="post"
        noValidate
        className="flex max-w-140 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field label={t('column.contact')} error={errorOf('contactId')}>
          <ContactPicker value={draft.contact} onChange={(chosen) => change({ contact: chosen })} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-3">
          <AmountInput
            value={draft.amount}
            currency={draft.currency}
            error={errorOf('amount')}
            onChange={(amount) => change({ amount })}
          />
          <CurrencySelect value={draft.currency} onChange={(code) => change({ currency: code })} />
          <FrequencySelect value={draft.frequency} onChange={(frequency) => change({ frequency })} />
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <DayInput
            label={t('form.startOn')}
            value={draft.startOn}
            error={errorOf('startOn')}
            onChange={(startOn) => change({ startOn })}
          />
          <DayInput
            optional
            label={t('form.endOn')}
            value={draft.endOn}
            error={errorOf('endOn')}
            onChange={(endOn) => change({ endOn })}
          />
        </div>
        <Field inline label={t('form.firstAfterPeriod')}>
          <Checkbox checked={draft.firstAfterPeriod} onChange={(firstAfterPeriod) => change({ firstAfterPeriod })} />
        </Field>
        {funds.length > 0 && (
          <Field label={t('form.fund')} error={errorOf('fundId')}>
            <Select
              value={draft.fundId ?? NONE}
              onChange={(id) => change({ fundId: id === NONE ? null : id })}
              options={[
                { value: NONE, label: t('form.noFund') },
                ...funds.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
        )}
        <Field label={t('form.note')} error={errorOf('note')}>
          <Textarea rows={2} value={draft.note} onChange={(event) => change({ note: event.target.value })} />
        </Field>
        {errors.form && (
          <p role="alert" className="text-bad-ink text-table">
            {errors.form}
          </p>
        )}
        <Button type="submit" variant="primary" busy={create.isPending || create.isSuccess} className="self-start">
          {t('form.save')}
        </Button>
      </form>
    </>
  )
}
