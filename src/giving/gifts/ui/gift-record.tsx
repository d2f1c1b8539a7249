'use client'

import { Hand } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Money } from '@/ui/money'
import type { ShownGift } from '../schema'
import { GiftMarks } from './gift-marks'
import { PlainDay } from './plain-day'
import { useGiftActions } from './use-gift-actions'

type RecordProps = { gift: ShownGift; canWrite: boolean; onOpen: (id: string) => void }

/** All that is known of a gift. */
export function GiftRecord({ gift, canWrite, onOpen }: RecordProps) {
  const t = useTranslations('gifts')
  const money = (amount: string) => <Money value={{ amount, currency: gift.currency }} />
  return (
    <div className="flex flex-col gap-5">
      <GiftMarks gift={gift} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-table">
        <Fact name={t('column.amount')}>{money(gift.amount)}</Fact>
        {gift.refunded !== '0' && <Fact name={t('panel.refunded')}>{money(gift.refunded)}</Fact>}
        <Fact name={t('column.method')}>{t(`method.${gift.method}`)}</Fact>
        <Fact name={t('form.type')}>{t(`type.${gift.type}`)}</Fact>
        {gift.fundName && <Fact name={t('column.fund')}>{gift.fundName}</Fact>}
        {gift.externalId && <Fact name={t('form.externalId')}>{gift.externalId}</Fact>}
        {gift.voidReason && <Fact name={t('panel.voidReason')}>{gift.voidReason}</Fact>}
      </dl>
      {gift.note && <p className="whitespace-pre-wrap text-ink-2">{gift.note}</p>}
      {gift.reversesId && (
        <Button className="self-start" onClick={() => onOpen(gift.reversesId ?? '')}>
          {t('panel.openReversed')}
        </Button>
      )}
      <Pays gift={gift} canWrite={canWrite} />
      {gift.softCredits.length > 0 && (
        <Part title={t('panel.softCredits')}>
          {gift.softCredits.map((credit) => (
            <li key={credit.contactId} className="flex justify-between gap-3 py-1">
              <Link href={`/contacts/${credit.contactId}`} className="underline underline-offset-3">
                <bdi>{credit.contactName}</bdi>
              </Link>
              {money(credit.amount)}
            </li>
          ))}
        </Part>
      )}
      {gift.refunds.length > 0 && (
        <Part title={t('panel.refunds')}>
          {gift.refunds.map((refund) => (
            <li key={refund.id} className="flex justify-between gap-3 py-1">
              <button type="button" className="underline underline-offset-3" onClick={() => onOpen(refund.id)}>
                <PlainDay date={refund.givenOn} />
              </button>
              <span className={refund.voidedAt ? 'text-ink-3 line-through' : undefined}>{money(refund.amount)}</span>
            </li>
          ))}
        </Part>
      )}
    </div>
  )
}

/** Which instalments it pays; what was put there by hand can be given back. */
function Pays({ gift, canWrite }: Omit<RecordProps, 'onOpen'>) {
  const t = useTranslations('gifts.panel')
  const actions = useGiftActions()
  if (gift.allocations.length === 0) return null
  return (
    <Part title={t('pays')}>
      {gift.allocations.map((share) => (
        <li key={`${share.instalmentId}/${share.madeBy}`} className="flex items-center justify-between gap-3 py-1">
          <Link href={`/pledges/${share.pledgeId}`} className="underline underline-offset-3">
            {t('dueOn')} <PlainDay date={share.dueOn} />
          </Link>
          <span className="flex items-center gap-2">
            {share.madeBy === 'hand' && <Badge icon={<Hand aria-hidden />}>{t('byHand')}</Badge>}
            <Money value={{ amount: share.amount, currency: gift.currency }} />
            {share.madeBy === 'hand' && canWrite && (
              <Button size="small" variant="ghost" onClick={() => actions.free(gift.id, share.instalmentId)}>
                {t('free')}
              </Button>
            )}
          </span>
        </li>
      ))}
    </Part>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 font-bold text-body">{title}</h3>
      <ul className="divide-y divide-line text-table">{children}</ul>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
