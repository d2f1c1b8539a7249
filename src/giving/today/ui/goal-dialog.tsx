'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { toDecimal } from '@/kernel/money'
import { readAmount } from '@/kernel/money-input'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'

/** What the workspace needs in a month; empty takes the goal away. */
export function GoalDialog({ onClose }: { onClose: () => void }) {
  const [t, ui] = [useTranslations('today.goal'), useTranslations('ui')]
  const [typed, setTyped] = useState<string | null>(null)
  const { settings, save, kept } = useGoal(onClose)
  const text = typed ?? kept
  const read = readAmount(text, settings?.currency ?? 'EUR')
  const wrong = text.trim() !== '' && !('amount' in read)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      onSubmit={(event) => {
        event.preventDefault()
        if (settings && !wrong) save.mutate({ ...settings, monthlyGoal: 'amount' in read ? `${read.amount}` : null })
      }}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!settings || wrong}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Field
        label={t('label', { currency: settings?.currency ?? '' })}
        hint={t('hint')}
        error={wrong ? t('wrong') : undefined}
      >
        <Input autoFocus numeric inputMode="decimal" value={text} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </Dialog>
  )
}

function useGoal(onSaved: () => void) {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const { data: settings } = useQuery(trpc.care.settings.queryOptions())
  const save = useMutation(
    trpc.care.saveSettings.mutationOptions({
      async onSuccess() {
        onSaved()
        await queries.invalidateQueries(trpc.care.pathFilter())
        await queries.invalidateQueries(trpc.today.pathFilter())
      },
    }),
  )
  const { monthlyGoal = null, currency = '' } = settings ?? {}
  const kept = monthlyGoal === null ? '' : toDecimal({ amount: BigInt(monthlyGoal), currency })
  return { settings, save, kept }
}
