'use client'

import { useQuery } from '@tanstack/react-query'
import { ExternalLink, Eye, EyeOff, Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useTRPC } from '@/trpc/client'
import { cx } from '@/ui/class-names'
import { ErrorState } from '@/ui/error-state'
import { IconButton } from '@/ui/icon-button'
import { LinkButton } from '@/ui/link-button'
import { Price } from '@/ui/price'
import { SidePanel } from '@/ui/side-panel'
import { Skeleton } from '@/ui/skeleton'
import { useShortcut } from '@/ui/use-shortcut'
import { MatchRecord } from './match-record'
import { type MatchRow, placeOf, priceBefore, priceOf } from './match-view'
import type { useMatchActions } from './use-match-actions'

type MatchPanelProps = {
  /** From the address; null: closed. */
  id: string | null
  /** The list beside it: for its neighbours, and to show at once what is known already. */
  rows: readonly MatchRow[]
  onOpen: (id: string | null) => void
  canWrite: boolean
  actions: ReturnType<typeof useMatchActions>
}

/** One match beside its list. */
export function MatchPanel({ id, rows, onOpen, canWrite, actions }: MatchPanelProps) {
  const t = useTranslations('matches')
  const trpc = useTRPC()
  const shown = useQuery(trpc.matches.get.queryOptions({ id: id ?? '' }, { enabled: id !== null }))
  const row = shown.data ?? rows.find((one) => one.id === id)
  const { previous, next } = useNeighbours(id, rows)
  useLook(shown.data, canWrite, actions.lookAt)
  const enabled = canWrite && row !== undefined
  useShortcut('f', () => row && actions.toggleFavourite(row), { enabled })
  useShortcut('e', () => row && actions.toggleIgnored(row), { enabled })
  const starred = row?.state === 'favourite'
  const ignored = row?.state === 'ignored'
  return (
    <SidePanel
      open={id !== null}
      onClose={() => onOpen(null)}
      title={row?.listing.title ?? ''}
      subtitle={row && <Subtitle row={row} />}
      onPrevious={previous ? () => onOpen(previous) : undefined}
      onNext={next ? () => onOpen(next) : undefined}
      actions={
        row &&
        canWrite && (
          <>
            <IconButton
              size="small"
              label={starred ? t('action.unstar') : t('action.star')}
              shortcut="F"
              aria-pressed={starred}
              icon={<Star aria-hidden className={cx(starred && 'fill-current text-wheat')} />}
              onClick={() => actions.toggleFavourite(row)}
            />
            <IconButton
              size="small"
              label={ignored ? t('action.unignore') : t('action.ignore')}
              shortcut="E"
              aria-pressed={ignored}
              icon={ignored ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
              onClick={() => actions.toggleIgnored(row)}
            />
          </>
        )
      }
      footer={
        row && (
          <LinkButton href={row.listing.url} target="_blank" variant="primary" icon={<ExternalLink aria-hidden />}>
            {t('action.open', { source: row.listing.sourceName })}
          </LinkButton>
        )
      }
    >
      {shown.data ? (
        <MatchRecord key={shown.data.id} match={shown.data} canWrite={canWrite} />
      ) : shown.isError ? (
        <ErrorState description={shown.error.message} onRetry={() => shown.refetch()} />
      ) : (
        <div className="flex flex-col gap-4">
          <Skeleton className="aspect-4/3 w-full" />
          <Skeleton className="h-24 w-full" />
        </div>
      )}
    </SidePanel>
  )
}

function Subtitle({ row }: { row: MatchRow }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Price
        kind={row.listing.price.kind}
        value={priceOf(row)}
        before={priceBefore(row)}
        className="text-body text-ink"
      />
      <span>{placeOf(row)}</span>
    </span>
  )
}

/** The rows before and after; of one that has just left the list, those that stood around it. */
function useNeighbours(id: string | null, rows: readonly MatchRow[]) {
  const last = useRef(-1)
  const found = rows.findIndex((row) => row.id === id)
  if (found >= 0) last.current = found
  const at = found >= 0 ? found : last.current
  const after = found >= 0 ? at + 1 : at
  return { previous: at > 0 ? rows[at - 1]?.id : undefined, next: at >= 0 ? rows[after]?.id : undefined }
}

/** Who has opened a match has seen it; once for each time it is opened. */
function useLook(row: MatchRow | undefined, canWrite: boolean, lookAt: (row: MatchRow) => void) {
  const looked = useRef<string | null>(null)
  useEffect(() => {
    if (!row || !canWrite || looked.current === row.id) return
    looked.current = row.id
    lookAt(row)
  }, [row, canWrite, lookAt])
}
