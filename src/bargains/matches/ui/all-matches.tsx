'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus, Tag } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { PageHeader } from '@/ui/page-header'
import { useLiveBargains } from '../../watches/ui/use-live-bargains'
import { MatchTable } from './match-table'
import type { FirstMatches } from './use-match-list'

/** The matches of every watch, with choices of watch and source. */
export function AllMatches({ canWrite, first }: { canWrite: boolean; first?: FirstMatches }) {
  const t = useTranslations('matches')
  const watches = useQuery(useTRPC().watches.list.queryOptions())
  useLiveBargains()
  const list = watches.data ?? []
  const named = new Map(
    list.flatMap((watch) => watch.searches.map(({ source, sourceName }) => [source, sourceName] as const)),
  )
  return (
    <>
      <PageHeader title={t('title')} summary={t('summary')} />
      <MatchTable
        first={first}
        canWrite={canWrite}
        watches={list}
        sources={[...named].map(([id, name]) => ({ id, name }))}
        empty={
          <EmptyState
            icon={<Tag aria-hidden />}
            title={t('empty.title')}
            description={t('empty.description')}
            action={
              canWrite &&
              list.length === 0 && (
                <LinkButton href="/watches/new" variant="primary" icon={<Plus aria-hidden />}>
                  {t('empty.action')}
                </LinkButton>
              )
            }
          />
        }
      />
    </>
  )
}
