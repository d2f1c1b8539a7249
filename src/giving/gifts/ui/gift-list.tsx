'use client'

import { HandCoins, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { late } from '@/ui/late'
import { LinkButton } from '@/ui/link-button'
import { MoreRows, PaleWhile } from '@/ui/more-rows'
import { PageHeader } from '@/ui/page-header'
import { useAddress } from '@/ui/use-address'
import { useEver } from '@/ui/use-late'
import { useGiftColumns } from './gift-columns'
import { GiftFilters } from './gift-filters'
import { giftListInput } from './gift-list-input'
import { giftListParams } from './gift-list-params'
import { GiftTotals } from './gift-totals'
import { LedgerCheck } from './ledger-check'
import { type FirstGifts, useGiftList, useLiveGifts } from './use-gift-list'
import { useToday } from './use-today'

const GiftPanel = late(() => import('./gift-panel').then((module) => module.GiftPanel))
const FundsDialog = late(() => import('../../funds/ui/funds-dialog').then((module) => module.FundsDialog))

type GiftListProps = { canWrite: boolean; first?: FirstGifts }

/** The ledger: filters and the open gift stand in the address. */
export function GiftList({ canWrite, first }: GiftListProps) {
  const t = useTranslations('gifts')
  const today = useToday()
  const [params, setParams] = useAddress(giftListParams)
  const input = useMemo(() => giftListInput(params, today), [params, today])
  const { rows, state, query } = useGiftList(input, first)
  const columns = useGiftColumns({ withContact: true })
  const [managing, setManaging] = useState(false)
  useLiveGifts()
  const everOpen = useEver(params.gift !== null)
  const open = (gift: string | null) => setParams({ gift })
  const { show, ...asked } = input
  const filtered = show !== 'counted' || Object.keys(asked).length > 0
  return (
    <>
      <PageHeader
        title={t('title')}
        summary={t('summary')}
        actions={canWrite && <Button onClick={() => setManaging(true)}>{t('funds')}</Button>}
      />
      <GiftFilters params={params} onChange={setParams} />
      <GiftTotals input={input} />
      <PaleWhile stale={query.isPlaceholderData}>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => row.contactName}
          state={state}
          onRetry={() => query.refetch()}
          onOpen={(row) => open(row.id)}
          openId={params.gift}
          isMuted={(row) => row.voidedAt !== null}
          empty={
            filtered ? (
              <EmptyState
                title={t('none')}
                action={<Button onClick={() => setParams(null)}>{t('filter.clear')}</Button>}
              />
            ) : (
              <NoGifts canWrite={canWrite} />
            )
          }
          footer={<MoreRows query={query} label={t('more')} />}
        />
      </PaleWhile>
      <LedgerCheck />
      {everOpen && <GiftPanel id={params.gift} rows={rows} onOpen={open} canWrite={canWrite} />}
      {managing && <FundsDialog onClose={() => setManaging(false)} />}
    </>
  )
}

function NoGifts({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('gifts.empty')
  return (
    <EmptyState
      icon={<HandCoins aria-hidden />}
      title={t('title')}
      description={t('description')}
      action={
        canWrite && (
          <LinkButton href="/gifts/new" variant="primary" icon={<Plus aria-hidden />}>
            {t('action')}
          </LinkButton>
        )
      }
    />
  )
}
