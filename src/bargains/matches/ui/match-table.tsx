'use client'

import { Eye, EyeOff, Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import { Button } from '@/ui/button'
import { cx } from '@/ui/class-names'
import { DataTable } from '@/ui/data-table'
import type { Sort } from '@/ui/data-table-model'
import { IconButton } from '@/ui/icon-button'
import { late } from '@/ui/late'
import { useAddress } from '@/ui/use-address'
import { useEver } from '@/ui/use-late'
import { useMatchColumns } from './match-columns'
import { MatchFilters } from './match-filters'
import { matchListInput } from './match-list-input'
import { matchListParams, type SORTS } from './match-list-params'
import type { MatchRow } from './match-view'
import { useMatchActions } from './use-match-actions'
import { type FirstMatches, useMatchList } from './use-match-list'

const MatchPanel = late(() => import('./match-panel').then((module) => module.MatchPanel))

type Named = { id: string; name: string }

type MatchTableProps = {
  /** Of one watch; of all when left out. */
  watchId?: string
  first?: FirstMatches
  canWrite: boolean
  /** Choices for a list of all. */
  watches?: readonly Named[]
  sources?: readonly Named[]
  empty: ReactNode
}

/** Matches as a table, with the open one beside it; filter, sort and the open one stand in the address. */
export function MatchTable({ watchId, first, canWrite, watches, sources, empty }: MatchTableProps) {
  const t = useTranslations('matches')
  const [params, setParams] = useAddress(matchListParams)
  const input = useMemo(() => matchListInput(params, watchId), [params, watchId])
  const list = useMatchList(input, first)
  const actions = useMatchActions()
  const columns = useMatchColumns({
    withWatch: watchId === undefined,
    onStar: canWrite ? actions.toggleFavourite : undefined,
  })
  const everOpen = useEver(params.match !== null)
  const open = (id: string | null) => setParams({ match: id })

  return (
    <>
      <MatchFilters
        state={params.state}
        sort={params.sort}
        onState={(state) => setParams({ state })}
        onSort={(sort) => setParams({ sort })}
        watches={watches && { list: watches, value: params.watch, onChange: (watch) => setParams({ watch }) }}
        sources={sources && { list: sources, value: params.source, onChange: (source) => setParams({ source }) }}
      />
      <div className={cx('transition-opacity', list.isStale && 'opacity-60')} aria-busy={list.isStale}>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={list.rows}
          rowId={(row) => row.id}
          rowName={(row) => row.listing.title}
          state={list.state}
          onRetry={list.retry}
          density="photo"
          onOpen={(row) => open(row.id)}
          openId={params.match}
          isMuted={(row) => row.listing.goneAt !== null || row.state === 'ignored'}
          sort={toTableSort(params.sort)}
          onSortChange={(sort) => setParams({ sort: fromTableSort(sort) })}
          serverSort
          rowKeys={
            canWrite ? { e: actions.toggleIgnored, f: actions.toggleFavourite, o: openAdvert } : { o: openAdvert }
          }
          rowActions={
            canWrite ? (row) => <IgnoreButton row={row} onIgnore={() => actions.toggleIgnored(row)} /> : undefined
          }
          bulkActions={
            canWrite
              ? (rows, clear) => (
                  <>
                    <BulkButton icon={<Star aria-hidden />} onClick={() => [actions.favourite(rows), clear()]}>
                      {t('bulk.favourite')}
                    </BulkButton>
                    <BulkButton icon={<Eye aria-hidden />} onClick={() => [actions.markSeen(rows), clear()]}>
                      {t('bulk.seen')}
                    </BulkButton>
                    <BulkButton icon={<EyeOff aria-hidden />} onClick={() => [actions.ignore(rows), clear()]}>
                      {t('bulk.ignore')}
                    </BulkButton>
                  </>
                )
              : undefined
          }
          empty={params.state === 'all' && !params.watch && !params.source ? empty : <NoneFits state={params.state} />}
          footer={
            list.hasMore && (
              <div className="flex justify-center py-4">
                <Button busy={list.isLoadingMore} onClick={list.loadMore}>
                  {t('more')}
                </Button>
              </div>
            )
          }
        />
      </div>
      {everOpen && (
        <MatchPanel id={params.match} rows={list.rows} onOpen={open} canWrite={canWrite} actions={actions} />
      )}
    </>
  )
}

function BulkButton({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Button size="small" icon={icon} onClick={onClick}>
      {children}
    </Button>
  )
}

function IgnoreButton({ row, onIgnore }: { row: MatchRow; onIgnore: () => void }) {
  const t = useTranslations('matches.action')
  const ignored = row.state === 'ignored'
  return (
    // With a mouse it comes over the end of the row: the star keeps its place.
    <span className="pointer-fine:pr-7.5">
      <IconButton
        size="small"
        label={ignored ? t('unignore') : t('ignore')}
        shortcut="E"
        icon={ignored ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
        onClick={onIgnore}
      />
    </span>
  )
}

function NoneFits({ state }: { state: 'all' | 'new' | 'cheaper' | 'favourite' | 'ignored' }) {
  const t = useTranslations('matches.none')
  return <p className="px-3 py-10 text-center text-ink-2">{t(state)}</p>
}

function openAdvert(row: MatchRow): void {
  window.open(row.listing.url, '_blank', 'noopener,noreferrer')
}

type SortName = (typeof SORTS)[number]

function toTableSort(sort: SortName): Sort {
  return sort === 'newest' ? { id: 'seen', desc: true } : { id: 'price', desc: sort === 'dearest' }
}

function fromTableSort(sort: Sort | null): SortName {
  if (sort?.id !== 'price') return 'newest'
  return sort.desc ? 'dearest' : 'cheapest'
}
