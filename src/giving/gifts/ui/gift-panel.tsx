'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { ErrorState } from '@/ui/error-state'
import { late } from '@/ui/late'
import { Menu, type MenuEntry } from '@/ui/menu'
import { SidePanel } from '@/ui/side-panel'
import { Skeleton } from '@/ui/skeleton'
import type { ListedGift, ShownGift } from '../schema'
import { GiftAmount } from './gift-columns'
import { GiftRecord } from './gift-record'
import { PlainDay } from './plain-day'
import { useGiftActions } from './use-gift-actions'

const EditGift = late(() => import('./edit-gift').then((module) => module.EditGift))
const RefundDialog = late(() => import('./refund-dialog').then((module) => module.RefundDialog))
const ReassignDialog = late(() => import('./reassign-dialog').then((module) => module.ReassignDialog))
const AllocateDialog = late(() => import('./allocate-dialog').then((module) => module.AllocateDialog))

type GiftPanelProps = {
  /** From the address; null: closed. */
  id: string | null
  /** The list beside it: for its neighbours, and to show at once what is known already. */
  rows: readonly ListedGift[]
  onOpen: (id: string | null) => void
  canWrite: boolean
}

/** One gift beside its list: what it is, what it pays, and what can be done with it. */
export function GiftPanel({ id, rows, onOpen, canWrite }: GiftPanelProps) {
  const trpc = useTRPC()
  const shown = useQuery(trpc.gifts.get.queryOptions({ id: id ?? '' }, { enabled: id !== null }))
  const gift = shown.data?.id === id ? shown.data : undefined
  const row = gift ?? rows.find((one) => one.id === id)
  const at = rows.findIndex((one) => one.id === id)
  const [previous, next] = [at > 0 ? rows[at - 1] : undefined, at >= 0 ? rows[at + 1] : undefined]
  return (
    <SidePanel
      open={id !== null}
      onClose={() => onOpen(null)}
      title={row ? <ContactLink gift={row} /> : ''}
      subtitle={row && <Subtitle gift={row} />}
      onPrevious={previous && (() => onOpen(previous.id))}
      onNext={next && (() => onOpen(next.id))}
    >
      {gift ? (
        <Opened key={gift.id} gift={gift} canWrite={canWrite} onOpen={onOpen} />
      ) : shown.isError ? (
        <ErrorState description={shown.error.message} onRetry={() => shown.refetch()} />
      ) : (
        <Skeleton className="h-40 w-full" />
      )}
    </SidePanel>
  )
}

function ContactLink({ gift }: { gift: ListedGift }) {
  return (
    <Link href={`/contacts/${gift.contactId}`} className="underline-offset-3 hover:underline">
      <bdi>{gift.contactName}</bdi>
    </Link>
  )
}

function Subtitle({ gift }: { gift: ListedGift }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <GiftAmount gift={gift} />
      <PlainDay date={gift.givenOn} />
    </span>
  )
}

type Doing = 'edit' | 'refund' | 'reassign' | 'allocate' | null
type OpenedProps = { gift: ShownGift; canWrite: boolean; onOpen: (id: string) => void }

function Opened({ gift, canWrite, onOpen }: OpenedProps) {
  const [doing, setDoing] = useState<Doing>(null)
  const stop = () => setDoing(null)
  if (doing === 'edit') return <EditGift gift={gift} onDone={stop} />
  return (
    <>
      {canWrite && <GiftButtons gift={gift} onDo={setDoing} />}
      <GiftRecord gift={gift} canWrite={canWrite} onOpen={onOpen} />
      {doing === 'refund' && <RefundDialog gift={gift} onClose={stop} />}
      {doing === 'reassign' && <ReassignDialog gift={gift} onClose={stop} />}
      {doing === 'allocate' && <AllocateDialog gift={gift} onClose={stop} />}
    </>
  )
}

function GiftButtons({ gift, onDo }: { gift: ShownGift; onDo: (what: Doing) => void }) {
  const t = useTranslations('gifts.action')
  const actions = useGiftActions()
  const [isRefund, isVoided] = [gift.reversesId !== null, gift.voidedAt !== null]
  const isLive = !isVoided && !isRefund && gift.refunded !== gift.amount
  const items: MenuEntry[] = [
    ...(isLive && gift.method !== 'in_kind' && (gift.openInstalments.length > 0 || gift.allocations.length > 0)
      ? [{ label: t('allocate'), onSelect: () => onDo('allocate') }]
      : []),
    ...(isRefund ? [] : [{ label: t('reassign'), onSelect: () => onDo('reassign') }]),
    isVoided
      ? { label: t('unvoid'), onSelect: () => actions.unvoid(gift.id) }
      : { label: t('void'), danger: true, onSelect: () => actions.void(gift.id) },
  ]
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      {!(isRefund || isVoided) && <Button onClick={() => onDo('edit')}>{t('edit')}</Button>}
      {isLive && <Button onClick={() => onDo('refund')}>{t('refund')}</Button>}
      <Menu label={t('more')} items={items} align="start" />
    </div>
  )
}
