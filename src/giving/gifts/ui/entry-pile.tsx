'use client'

import { useMutation } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { factsOf } from '@/trpc/client-errors'
import { useFind } from '@/trpc/client-find'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { IconButton } from '@/ui/icon-button'
import { Input } from '@/ui/input'
import { Money } from '@/ui/money'
import { useToast } from '@/ui/toast'
import { type GiftInput, readGiftAmount } from './gift-draft'
import { PlainDay } from './plain-day'
import { useRefreshGifts } from './use-gift-list'

/** `id` once it is saved. */
export type PiledGift = {
  readonly key: string
  readonly id: string | null
  readonly name: string
  readonly input: GiftInput
}

type PileProps = { pile: readonly PiledGift[]; onChange: (pile: readonly PiledGift[]) => void }

/** What was entered here, newest first; what is not saved yet is saved whole, if it adds up. */
export function EntryPile({ pile, onChange }: PileProps) {
  const t = useTranslations('gifts')
  if (pile.length === 0) return null
  const waiting = pile.filter((gift) => gift.id === null)
  return (
    <section className="mt-6" aria-label={t('entry.entered')}>
      <h2 className="mb-1 font-bold text-body">{t('entry.entered')}</h2>
      <ul className="divide-y divide-line text-table">
        {pile.map((gift) => (
          <li key={gift.key} className="flex items-center gap-3 py-1.5">
            <PlainDay date={gift.input.givenOn} className="figures w-28 shrink-0 text-ink-2" />
            <span className="min-w-0 flex-1 truncate">
              <bdi>{gift.name}</bdi>
            </span>
            {gift.id && <Badge tone="good">{t('entry.saved')}</Badge>}
            <Money value={gift.input} className="font-medium" />
            {!gift.id && (
              <IconButton
                size="small"
                label={t('entry.remove', { name: gift.name })}
                icon={<X aria-hidden />}
                onClick={() => onChange(pile.filter((one) => one.key !== gift.key))}
              />
            )}
          </li>
        ))}
      </ul>
      {waiting.length > 0 && <SaveBatch waiting={waiting} onSaved={(ids) => onChange(markSaved(pile, waiting, ids))} />}
    </section>
  )
}

function markSaved(pile: readonly PiledGift[], waiting: readonly PiledGift[], ids: readonly string[]) {
  const saved = new Map(waiting.map((gift, at) => [gift.key, ids[at] ?? null]))
  return pile.map((gift) => ({ ...gift, id: gift.id ?? saved.get(gift.key) ?? null }))
}

type SaveProps = { waiting: readonly PiledGift[]; onSaved: (ids: readonly string[]) => void }

/** The control total is what the slips add up to on paper: rows that do not match it are not saved. */
function SaveBatch({ waiting, onSaved }: SaveProps) {
  const t = useTranslations('gifts')
  const [trpc, toast, refresh, find] = [useTRPC(), useToast(), useRefreshGifts(), useFind()]
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const currency = waiting[0]?.input.currency ?? 'PLN'
  const sums = Map.groupBy(waiting, (gift) => gift.input.currency)
  const save = useMutation(
    trpc.gifts.addBatch.mutationOptions({
      meta: { quiet: true },
      onError: (failure) => setError(factsOf(failure)?.fields.controlTotal ?? failure.message),
      onSuccess: ({ ids }) => {
        toast.done(t('done.batch', { count: ids.length }))
        setTyped('')
        onSaved(ids)
        return refresh()
      },
    }),
  )
  function send() {
    const read = typed.trim() === '' ? { amount: null } : readGiftAmount(typed, currency)
    if ('reason' in read) return setError(find(`errors.${read.reason}`) ?? read.reason)
    setError(undefined)
    save.mutate({ gifts: waiting.map((gift) => gift.input), controlTotal: read.amount })
  }
  return (
    <form
      method="post"
      noValidate
      className="mt-3 flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Field label={t('entry.controlTotal')} hint={t('entry.controlHint')} error={error} className="w-52">
        <Input numeric value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <p className="text-table">
        {t('entry.sum', { count: waiting.length })}{' '}
        {[...sums].map(([code, gifts]) => (
          <Money key={code} className="mr-2 font-bold" value={{ currency: code, amount: sumOf(gifts) }} />
        ))}
      </p>
      <Button type="submit" variant="primary" busy={save.isPending}>
        {t('entry.saveBatch', { count: waiting.length })}
      </Button>
    </form>
  )
}

function sumOf(gifts: readonly PiledGift[]): bigint {
  return gifts.reduce((sum, { input }) => sum + BigInt(input.amount), 0n)
}
