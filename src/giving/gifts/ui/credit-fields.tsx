'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { ContactPicker } from './contact-picker'
import type { CreditDraft } from './gift-draft'
import { type FieldsProps, useErrorText } from './gift-fields'

const MOST_CREDITS = 10

/** Who brought the gift about without giving it: a line each, with how much of it is theirs to be thanked for. */
export function CreditFields({ draft, onChange, errors }: FieldsProps) {
  const t = useTranslations('gifts.form')
  const errorOf = useErrorText(errors)
  const { credits } = draft
  const change = (at: number, part: Partial<CreditDraft>) =>
    onChange({ credits: credits.map((credit, place) => (place === at ? { ...credit, ...part } : credit)) })
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-bold text-label">{t('credits')}</legend>
      <p className="text-ink-3 text-label">{t('creditsHint')}</p>
      {credits.map((credit, at) => (
        // A line is known by its place alone until somebody is chosen.
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
        <div key={at} className="grid grid-cols-[2fr_1fr_auto] items-end gap-2">
          <Field label={t('creditedContact')} error={errorOf(`softCredits.${at}.contactId`)}>
            <ContactPicker value={credit.contact} onChange={(contact) => change(at, { contact })} />
          </Field>
          <Field label={t('creditedAmount')} error={errorOf(`softCredits.${at}.amount`)}>
            <Input
              numeric
              autoComplete="off"
              value={credit.amount}
              onChange={(event) => change(at, { amount: event.target.value })}
            />
          </Field>
          <Button
            variant="ghost"
            icon={<X aria-hidden />}
            aria-label={t('removeCredit', { name: credit.contact?.name ?? '' })}
            onClick={() => onChange({ credits: credits.filter((_, place) => place !== at) })}
          />
        </div>
      ))}
      {credits.length < MOST_CREDITS && (
        <Button
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange({ credits: [...credits, { contact: null, amount: draft.amount }] })}
        >
          {t('addCredit')}
        </Button>
      )}
    </fieldset>
  )
}
