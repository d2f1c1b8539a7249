'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { factsOf } from '@/trpc/client-errors'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { PageHeader } from '@/ui/page-header'
import { Segmented } from '@/ui/segmented'
import { useToast } from '@/ui/toast'
import { ContactPicker } from './contact-picker'
import { CreditFields } from './credit-fields'
import { EntryPile, type PiledGift } from './entry-pile'
import { emptyDraft, nextDraft, readDraft } from './gift-draft'
import { AmountField, CurrencyField, DateField, FundField, MethodField, MoreFields, TypeField } from './gift-fields'
import { useRefreshGifts } from './use-gift-list'
import { useToday } from './use-today'

const MODES = ['each', 'batch'] as const
type EntryProps = { currency: string; contact: { id: string; name: string } | null }

/** Gifts by the keyboard, a row at a time: Enter saves it, or puts it on the pile that is saved whole. */
export function GiftEntry({ currency, contact }: EntryProps) {
  const t = useTranslations('gifts')
  const [trpc, toast, refresh, today] = [useTRPC(), useToast(), useRefreshGifts(), useToday()]
  const form = useRef<HTMLFormElement>(null)
  const [mode, setMode] = useState<(typeof MODES)[number]>('each')
  const [draft, setDraft] = useState(() => ({ ...emptyDraft(today, currency), contact }))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [more, setMore] = useState(false)
  const [pile, setPile] = useState<readonly PiledGift[]>([])
  const add = useMutation(
    trpc.gifts.add.mutationOptions({
      meta: { quiet: true },
      onError: (error) => setErrors({ ...(factsOf(error)?.fields ?? {}), form: error.message }),
    }),
  )

  function goOn(gift: PiledGift) {
    setPile([gift, ...pile])
    setDraft(nextDraft(draft))
    form.current?.querySelector<HTMLElement>('[data-first] input, [data-first] button')?.focus()
  }
  function enter() {
    const read = readDraft(draft, today)
    setErrors({ ...read.errors })
    if (!read.input) return
    const piled = { key: crypto.randomUUID(), id: null, name: draft.contact?.name ?? '', input: read.input }
    if (mode === 'batch') return goOn(piled)
    add.mutate(read.input, {
      onSuccess: ({ id }) => {
        toast.done(t('done.added', { name: piled.name }))
        goOn({ ...piled, id })
        return refresh()
      },
    })
  }

  const fields = { draft, errors, onChange: (part: Partial<typeof draft>) => setDraft({ ...draft, ...part }) }
  return (
    <>
      <PageHeader
        title={t('entry.title')}
        summary={t(mode === 'each' ? 'entry.summary' : 'entry.summaryBatch')}
        back={{ href: '/gifts', label: t('title') }}
        actions={
          <Segmented
            label={t('entry.mode')}
            value={mode}
            onChange={setMode}
            options={MODES.map((value) => ({ value, label: t(`entry.${value}`) }))}
          />
        }
      />
      <form
        ref={form}
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          enter()
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr]">
          <div data-first>
            <Field label={t('column.contact')} error={useContactError(errors)}>
              <ContactPicker value={draft.contact} onChange={(chosen) => setDraft({ ...draft, contact: chosen })} />
            </Field>
          </div>
          <AmountField {...fields} />
          <DateField {...fields} />
          <MethodField {...fields} />
        </div>
        {more && (
          <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            <CurrencyField {...fields} />
            <FundField {...fields} />
            <TypeField {...fields} />
            <MoreFields {...fields} />
            <CreditFields {...fields} />
          </div>
        )}
        {errors.form && (
          <p role="alert" className="mt-3 text-bad-ink text-table">
            {errors.form}
          </p>
        )}
        <div className="mt-3 flex gap-2">
          <Button type="submit" variant="primary" busy={add.isPending}>
            {t(mode === 'each' ? 'entry.save' : 'entry.pile')}
          </Button>
          <Button variant="ghost" aria-expanded={more} onClick={() => setMore(!more)}>
            {t(more ? 'entry.less' : 'entry.more')}
          </Button>
        </div>
      </form>
      <EntryPile pile={pile} onChange={setPile} />
    </>
  )
}

function useContactError(errors: Readonly<Record<string, string>>): string | undefined {
  const t = useTranslations('errors')
  return errors.contactId === undefined ? undefined : t('gift.noContact')
}
