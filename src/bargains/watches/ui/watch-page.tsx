'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { late } from '@/ui/late'
import { Tabs } from '@/ui/tabs'
import { useAddress } from '@/ui/use-address'
import { MatchTable } from '../../matches/ui/match-table'
import type { FirstMatches } from '../../matches/ui/use-match-list'
import { useLiveBargains } from './use-live-bargains'
import { WatchHeader } from './watch-header'
import { WATCH_TABS, watchPageParams } from './watch-page-params'
import type { WatchView } from './watch-view'

// A tab comes when it is opened: the first one loads no form, no chart and no log.
const WatchFilter = late(() => import('./watch-filter').then((module) => module.WatchFilter))
const WatchPrices = late(() => import('./watch-prices').then((module) => module.WatchPrices))
const WatchLog = late(() => import('./watch-log').then((module) => module.WatchLog))

type WatchPageProps = { id: string; canWrite: boolean; first?: FirstMatches }

/** A watch: how it stands, and in its tabs what it found, what it asks, what things cost and what was told. */
export function WatchPage({ id, canWrite, first }: WatchPageProps) {
  const t = useTranslations('watches.tab')
  const trpc = useTRPC()
  const query = useQuery(trpc.watches.get.queryOptions({ id }))
  useLiveBargains()
  const [{ tab }] = useAddress(watchPageParams)
  const watch = query.data
  if (!watch) return <ErrorState description={query.error?.message} onRetry={() => query.refetch()} />
  return (
    <>
      <WatchHeader watch={watch} canWrite={canWrite}>
        <Tabs
          label={watch.name}
          current={tab}
          tabs={WATCH_TABS.map((one) => ({
            id: one,
            label: t(one),
            href: one === 'matches' ? `/watches/${id}` : `/watches/${id}?tab=${one}`,
            count: one === 'matches' ? watch.matchCount : undefined,
          }))}
        />
      </WatchHeader>
      {tab === 'matches' && (
        <MatchTable watchId={id} first={first} canWrite={canWrite} empty={<NothingFound watch={watch} />} />
      )}
      {tab === 'filter' && <WatchFilter watch={watch} canWrite={canWrite} />}
      {tab === 'prices' && <WatchPrices id={id} />}
      {tab === 'log' && <WatchLog id={id} />}
    </>
  )
}

function NothingFound({ watch }: { watch: WatchView }) {
  const t = useTranslations('watches.found')
  const wasRead = watch.searches.some((search) => search.checkedAt !== null)
  return <EmptyState title={wasRead ? t('none') : t('notYet')} description={wasRead ? t('noneWhy') : t('notYetWhy')} />
}
