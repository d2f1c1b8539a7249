'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { DataTable } from '@/ui/data-table'
import { late } from '@/ui/late'
import { LinkButton } from '@/ui/link-button'
import { useEver } from '@/ui/use-late'
import { useGiftColumns } from './gift-columns'
import type { GiftListInput } from './gift-list-input'
import { GiftTotals } from './gift-totals'
import { useGiftList, useLiveGifts } from './use-gift-list'

const GiftPanel = late(() => import('./gift-panel').then((module) => module.GiftPanel))

/** What one contact gave, on their page. */
export function ContactGifts({ contactId, canWrite }: { contactId: string; canWrite: boolean }) {
  const t = useTranslations('gifts')
  const input = useMemo<GiftListInput>(() => ({ contactId, show: 'counted' }), [contactId])
  const { rows, state, query } = useGiftList(input, undefined)
  const columns = useGiftColumns({ withContact: false })
  const [open, setOpen] = useState<string | null>(null)
  const everOpen = useEver(open !== null)
  useLiveGifts()
  return (
    <Card
      title={t('title')}
      flush
      actions={
        canWrite && (
          <LinkButton href={`/gifts/new?contact=${contactId}`} size="small" icon={<Plus aria-hidden />}>
            {t('new')}
          </LinkButton>
        )
      }
    >
      <div className="px-4">
        <GiftTotals input={input} />
      </div>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.givenOn}
        state={state}
        onRetry={() => query.refetch()}
        keys={false}
        density="dense"
        onOpen={(row) => setOpen(row.id)}
        openId={open}
        empty={<p className="px-4 pb-4 text-ink-2 text-table">{t('empty.contact')}</p>}
        footer={
          query.hasNextPage && (
            <div className="flex justify-center py-3">
              <Button size="small" busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )
        }
      />
      {everOpen && <GiftPanel id={open} rows={rows} onOpen={setOpen} canWrite={canWrite} />}
    </Card>
  )
}
