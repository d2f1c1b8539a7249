'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { readGiftAmount, toAmountText } from '../../gifts/ui/gift-draft'
import { useToday } from '../../gifts/ui/use-today'
import type { ShownPledge } from '../schema'
import { PledgeDialog } from './pledge-dialog'
import { AmountInput, DayInput, FrequencySelect, useFieldError } from './promise-fields'
import { usePledgeChange } from './use-pledge-change'

/** Another amount or rhythm from a day on; what was due before stays. */
export function TermsDialog({ pledge, onClose }: { pledge: ShownPledge; onClose: () => void }) {
  const t = useTranslations('pledges')
  const locale = useLocale()
  const today = useToday()
  const [amount, setAmount] = useState(() => toAmountText(pledge.amount, pledge.currency, locale))
  const [frequency, setFrequency] = useState(pledge.frequency)
  const [fromOn, setFromOn] = useState([today, pledge.startOn].sort()[1] ?? today)
  const [firstDueOn, setFirstDueOn] = useState('')
  const { errors, setErrors, options } = usePledgeChange('changed', onClose)
  const errorOf = useFieldError(errors)
  const change = useMutation(useTRPC().pledges.changeTerms.mutationOptions(options))
  function save() {
    const read = readGiftAmount(amount, pledge.currency)
    if ('reason' in read) return setErrors({ amount: read.reason })
    const { id, version } = pledge
    change.mutate({ id, version, fromOn, amount: read.amount, frequency, firstDueOn: firstDueOn || null })
  }
  return (
    <PledgeDialog
      title={t('terms.title')}
      description={t('terms.description')}
      confirm={t('terms.confirm')}
      busy={change.isPending}
      failure={errors.form}
      onSave={save}
      onClose={onClose}
    >
      <AmountInput value={amount} currency={pledge.currency} error={errorOf('amount')} onChange={setAmount} />
      <FrequencySelect value={frequency} onChange={setFrequency} />
      <DayInput label={t('terms.fromOn')} value={fromOn} error={errorOf('fromOn')} onChange={setFromOn} />
      <DayInput
        optional
        label={t('terms.firstDueOn')}
        hint={t('terms.firstDueHint')}
        value={firstDueOn}
        error={errorOf('firstDueOn')}
        onChange={setFirstDueOn}
      />
    </PledgeDialog>
  )
}
