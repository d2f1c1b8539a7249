'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { ErrorState } from '@/ui/error-state'
import { LinkButton } from '@/ui/link-button'
import { Skeleton } from '@/ui/skeleton'
import { StatusDot } from '@/ui/status-dot'
import { SearchLines } from '../../watches/ui/search-lines'
import { useLiveBargains } from '../../watches/ui/use-live-bargains'
import type { ListedSource } from '../schema'
import { HostLine } from './host-line'
import { sourceLooks, sourceState } from './source-state'

const AGAIN_MS = 20_000

/** Every marketplace: how it treats us, what we ask of it, and what to do where it does not answer. */
export function SourceList({ canWrite, canOverride }: { canWrite: boolean; canOverride: boolean }) {
  // The budget runs on without a note.
  const sources = useQuery(useTRPC().sources.list.queryOptions(undefined, { refetchInterval: AGAIN_MS }))
  useLiveBargains()
  if (sources.isPending) return <Skeleton className="h-40 w-full" />
  if (!sources.data) return <ErrorState onRetry={() => sources.refetch()} />
  const { used = [], unused = [] } = Object.groupBy(sources.data, isUsed)
  return (
    <div className="flex flex-col gap-4">
      {used.map((source) => (
        <SourceCard key={source.id} source={source} canWrite={canWrite} canOverride={canOverride} />
      ))}
      {unused.length > 0 && <UnusedCard sources={unused} canWrite={canWrite} />}
    </div>
  )
}

function isUsed({ searches, hosts }: ListedSource): 'used' | 'unused' {
  return searches.length > 0 || hosts.length > 0 ? 'used' : 'unused'
}

/** What could be watched besides: a line each, for there is nothing to tell of it. */
function UnusedCard({ sources, canWrite }: { sources: readonly ListedSource[]; canWrite: boolean }) {
  const t = useTranslations('sources')
  return (
    <Card title={t('unused')} hint={t('unusedHint')} actions={canWrite && <NewWatch />}>
      <ul className="flex flex-col divide-y divide-line">
        {sources.map((source) => (
          <li key={source.id} className="flex flex-wrap items-baseline gap-x-3 py-2 text-table first:pt-0 last:pb-0">
            <span className="w-32 shrink-0 font-medium">{source.id === 'any' ? t('anyPage') : source.name}</span>
            <span className="min-w-0 break-all text-ink-3">{source.example}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function NewWatch() {
  const t = useTranslations('sources')
  return (
    <LinkButton size="small" href="/watches/new" icon={<Plus aria-hidden />}>
      {t('watch')}
    </LinkButton>
  )
}

type SourceCardProps = { source: ListedSource; canWrite: boolean; canOverride: boolean }

function SourceCard({ source, canWrite, canOverride }: SourceCardProps) {
  const t = useTranslations('sources')
  const state = sourceState(source)
  const name = source.id === 'any' ? t('anyPage') : source.name
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-3">
          {name}
          <span className="font-normal text-table">
            <StatusDot {...sourceLooks[state]} label={t(`state.${state}`)} />
          </span>
        </span>
      }
      actions={canWrite && <NewWatch />}
    >
      <div className="flex flex-col gap-4">
        <p className="text-ink-2 text-table">{t(`help.${state}`, { source: name })}</p>
        {source.hosts.map((host) => (
          <HostLine key={host.host} host={host} canOverride={canOverride} />
        ))}
        {source.searches.length === 0 ? (
          <p className="text-ink-2 text-table">
            {t('noSearch')} <span className="break-all text-ink-3">{source.example}</span>
          </p>
        ) : (
          <div>
            <h3 className="mb-1.5 font-medium text-table">{t('searches', { count: source.searches.length })}</h3>
            <SearchLines
              searches={source.searches}
              withSource={false}
              more={(search) => <Users watches={search.watches} />}
            />
          </div>
        )}
      </div>
    </Card>
  )
}

function Users({ watches }: { watches: ListedSource['searches'][number]['watches'] }) {
  const t = useTranslations('sources')
  return (
    <p className="text-ink-3">
      {t('usedBy')}{' '}
      {watches.map((watch, place) => (
        <span key={watch.id}>
          {place > 0 && ', '}
          <Link href={`/watches/${watch.id}`} className="text-wheat-ink underline underline-offset-3">
            {watch.name}
          </Link>
          {watch.paused && ` ${t('paused')}`}
        </span>
      ))}
    </p>
  )
}
