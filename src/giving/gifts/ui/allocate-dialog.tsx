'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { currencySign } from '@/kernel/money'
import { readAmount } from '@/kernel/money-input'
import { useTRPC } from '@/trpc/client'
import { factsOf } from '@/trpc/client-errors'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Input } from '@/ui/input'
import { Money } from '@/ui/money'
import { useToast } from '@/ui/toast'
import type { ShownGift } from '../schema'
import { toAmountText } from './gift-draft'
import { PlainDay } from './plain-day'
import { useRefreshGifts } from './use-gift-list'

type Row = { readonly instalmentId: string; readonly dueOn: string; readonly most: bigint; readonly now: bigint }

/** What the gift pays now and what it may pay, oldest first. */
function rowsOf(gift: ShownGift): Row[] {
  const rows = new Map<string, Row>()
  for (const { instalmentId, dueOn, amount } of gift.allocations) {
    const before = rows.get(instalmentId)?.now ?? 0n
    rows.set(instalmentId, { instalmentId, dueOn, now: before + BigInt(amount), most: before + BigInt(amount) })
  }
  for (const { instalmentId, dueOn, open } of gift.openInstalments) {
    const now = rows.get(instalmentId)?.now ?? 0n
    rows.set(instalmentId, { instalmentId, dueOn, now, most: now + BigInt(open) })
  }
  return [...rows.values()].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
}

/** Says by hand which instalments the gift pays; the machine allocates what is left of it. */
export function AllocateDialog({ gift, onClose }: { gift: ShownGift; onClose: () => void }) {
  const t = useTranslations('gifts')
  const locale = useLocale()
  const [trpc, toast, refresh] = [useTRPC(), useToast(), useRefreshGifts()]
  const rows = rowsOf(gift)
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      rows.map((row) => [row.instalmentId, row.now > 0n ? toAmountText(String(row.now), gift.currency, locale) : '']),
    ),
  )
  const [error, setError] = useState<string>()
  const unreadable = useTranslations('errors')('gift.badAmount')
  const allocate = useMutation(
    trpc.gifts.allocate.mutationOptions({
      meta: { quiet: true },
      onError: (refusal) => setError(Object.values(factsOf(refusal)?.fields ?? {})[0] ?? refusal.message),
      onSuccess: () => {
        toast.done(t('done.allocated'))
        onClose()
        return refresh()
      },
    }),
  )
  function save() {
    const read = rows.map(
      (row) => [row.instalmentId, readAmount(typed[row.instalmentId] || '0', gift.currency)] as const,
    )
    const amounts = read.map(([instalmentId, one]) => ({ instalmentId, amount: 'amount' in one ? one.amount : null }))
    if (amounts.some((one) => one.amount === null)) return setError(unreadable)
    const shares = amounts.flatMap(({ instalmentId, amount }) =>
      amount ? [{ instalmentId, amount: amount.toString() }] : [],
    )
    allocate.mutate({ giftId: gift.id, shares })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('allocate.title')}
      description={t('allocate.description')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" variant="primary" busy={allocate.isPending}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-2">
        {rows.map((row) => (
          <li key={row.instalmentId} className="grid grid-cols-[1fr_auto_8rem] items-center gap-3 text-table">
            <PlainDay date={row.dueOn} />
            <span className="text-ink-3">
              <Money value={{ amount: row.most, currency: gift.currency }} />
            </span>
            <Input
              numeric
              aria-label={t('allocate.amountFor', { date: row.dueOn })}
              value={typed[row.instalmentId] ?? ''}
              after={currencySign(gift.currency, locale)}
              onChange={(event) => setTyped({ ...typed, [row.instalmentId]: event.target.value })}
            />
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert" className="mt-3 text-bad-ink text-table">
          {error}
        </p>
      )}
    </Dialog>
  )
}
