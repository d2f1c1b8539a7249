'use client'

import { Handshake, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Button } from '@/ui/button'
import { DataTable } from '@/ui/data-table'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { MoreRows, PaleWhile } from '@/ui/more-rows'
import { PageHeader } from '@/ui/page-header'
import { Segmented } from '@/ui/segmented'
import { useAddress } from '@/ui/use-address'
import { useLiveGifts } from '../../gifts/ui/use-gift-list'
import { MonthBars } from './month-bars'
import { usePledgeColumns } from './pledge-columns'
import { pledgeListInput, pledgeListParams, SHOWN, SUPPORT } from './pledge-list-params'
import { type FirstPledges, usePledgeList } from './use-pledge-list'

type PledgeListProps = { canWrite: boolean; first?: FirstPledges }

/** Who promised what, and what of it came. */
export function PledgeList({ canWrite, first }: PledgeListProps) {
  const t = useTranslations('pledges')
  const [params, setParams] = useAddress(pledgeListParams)
  const input = useMemo(() => pledgeListInput(params), [params])
  const { rows, state, query } = usePledgeList(input, first)
  const columns = usePledgeColumns()
  useLiveGifts()
  // Parts of the support stand among the states for whoever came from its figures.
  const states = [...SHOWN, ...SUPPORT.filter((one) => one === params.show)]
  const narrowed = params.whose === 'mine' || params.currency !== null
  const filtered = Object.keys(input).length > 0
  return (
    <>
      <PageHeader title={t('title')} summary={t('summary')} />
      <MonthBars />
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <div className="max-w-full overflow-x-auto">
          <Segmented
            label={t('column.state')}
            value={params.show}
            onChange={(show) => setParams({ show })}
            options={states.map((value) => ({ value, label: t(`show.${value}`) }))}
          />
        </div>
        {narrowed && (
          <Button size="small" variant="ghost" onClick={() => setParams({ whose: 'all', currency: null })}>
            {t(params.whose === 'mine' ? 'onlyMine' : 'onlyCurrency', { currency: params.currency ?? '' })}
          </Button>
        )}
      </div>
      <PaleWhile stale={query.isPlaceholderData}>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => row.contactName}
          rowHref={(row) => `/pledges/${row.id}`}
          state={state}
          onRetry={() => query.refetch()}
          isMuted={(row) => row.state === 'cancelled' || row.state === 'completed'}
          empty={
            filtered ? (
              <EmptyState title={t('none')} action={<Button onClick={() => setParams(null)}>{t('clear')}</Button>} />
            ) : (
              <EmptyState
                icon={<Handshake aria-hidden />}
                title={t('empty.title')}
                description={t('empty.description')}
                action={canWrite && <NewPledgeButton label={t('empty.action')} />}
              />
            )
          }
          footer={<MoreRows query={query} label={t('more')} />}
        />
      </PaleWhile>
    </>
  )
}

function NewPledgeButton({ label }: { label: string }) {
  return (
    <LinkButton href="/pledges/new" variant="primary" icon={<Plus aria-hidden />}>
      {label}
    </LinkButton>
  )
}
