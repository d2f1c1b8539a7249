'use client'

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { toDecimal } from '@/kernel/money'
import { readAmount } from '@/kernel/money-input'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { RadioGroup } from '@/ui/radio-group'
import { Select } from '@/ui/select'
import { useToast } from '@/ui/toast'
import type { CareSettings as Settings } from '../schema'
import { HOURS } from './hours'

type Values = { readonly goal: string; readonly grace: string; readonly checkHour: number; readonly rule: RiskRule }
type RiskRule = Settings['riskRule']

/** What the whole workspace decides about care. */
export function CareSettings() {
  const t = useTranslations('care.settings')
  const { values, change, problems, save, busy, currency } = useCareSettings()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  const rules = (['cadence', 'plain'] as const).map((value) => ({
    value,
    label: t(`rule.${value}`),
    hint: t(`rule.${value}Hint`),
  }))
  return (
    <Card title={t('workspace')} hint={t('workspaceHint')}>
      <form onSubmit={submit} noValidate className="flex max-w-md flex-col gap-4">
        <Field
          label={t('goal', { currency })}
          hint={t('goalHint')}
          error={problems.goal ? t('wrongAmount') : undefined}
        >
          <Input numeric value={values.goal} onChange={(event) => change({ goal: event.target.value })} />
        </Field>
        <Field label={t('grace')} hint={t('graceHint')} error={problems.grace ? t('wrongDays') : undefined}>
          <Input
            numeric
            inputMode="numeric"
            value={values.grace}
            onChange={(event) => change({ grace: event.target.value })}
          />
        </Field>
        <Field label={t('checkHour')} hint={t('checkHourHint')}>
          <Select
            options={HOURS}
            value={String(values.checkHour)}
            onChange={(hour) => change({ checkHour: Number(hour) })}
          />
        </Field>
        <Field label={t('rule.label')}>
          <RadioGroup options={rules} value={values.rule} onChange={(rule) => change({ rule })} />
        </Field>
        <Button type="submit" variant="primary" busy={busy} className="self-start">
          {t('save')}
        </Button>
      </form>
    </Card>
  )
}

const MOST_GRACE = 365

/** The settings as they would be saved, or which of them cannot be read. */
function readValues({ goal, grace, checkHour, rule }: Values, currency: string) {
  const [read, days] = [readAmount(goal, currency), Number(grace.trim())]
  const problems = {
    goal: goal.trim() !== '' && !('amount' in read),
    grace: !/^\d{1,3}$/.test(grace.trim()) || days > MOST_GRACE,
  }
  const monthlyGoal = 'amount' in read ? read.amount.toString() : null
  return { problems, input: { monthlyGoal, graceDays: days, checkHour, riskRule: rule } }
}

function useCareSettings() {
  const t = useTranslations('care.settings')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const { currency, monthlyGoal, graceDays, checkHour, riskRule } = useSuspenseQuery(
    trpc.care.settings.queryOptions(),
  ).data
  const [values, setValues] = useState<Values>(() => {
    const goal = monthlyGoal === null ? '' : toDecimal({ amount: BigInt(monthlyGoal), currency })
    return { goal, grace: String(graceDays), checkHour, rule: riskRule }
  })
  const [tried, setTried] = useState(false)
  const { problems, input } = readValues(values, currency)
  const write = useMutation(
    trpc.care.saveSettings.mutationOptions({
      onSuccess: () => toast.done(t('saved')),
      onSettled() {
        void queries.invalidateQueries(trpc.care.pathFilter())
        void queries.invalidateQueries(trpc.today.pathFilter())
      },
    }),
  )
  return {
    ...{ values, currency, busy: write.isPending },
    problems: tried ? problems : { goal: false, grace: false },
    change: (part: Partial<Values>) => setValues((now) => ({ ...now, ...part })),
    save() {
      setTried(true)
      if (!problems.goal && !problems.grace) write.mutate(input)
    },
  }
}
