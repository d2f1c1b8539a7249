import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import type { MatchPage } from '../schema'
import type { MatchRow } from './match-view'

export type MatchListInput = {
  watchId?: string
  state?: 'new' | 'favourite' | 'ignored'
  cheaper?: true
  source?: string
  sort: 'newest' | 'cheapest' | 'dearest'
}

/** The first page as the server has read it, with what was asked for. */
export type FirstMatches = { input: MatchListInput; page: MatchPage }

const NONE: readonly MatchRow[] = []

/** Matches, a page after the other. */
export function useMatchList(input: MatchListInput, first: FirstMatches | undefined) {
  const trpc = useTRPC()
  const isFirst = first !== undefined && JSON.stringify(first.input) === JSON.stringify(input)
  const query = useInfiniteQuery(
    trpc.matches.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor,
      ...(isFirst ? { initialData: { pages: [first.page], pageParams: [null] } } : {}),
      // Another filter or sort: the old rows stay until the new ones are there.
      placeholderData: (previous) => previous,
    }),
  )
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.matches) ?? NONE, [query.data])
  return {
    rows,
    state: query.isPending
      ? ('loading' as const)
      : query.isError && !query.data
        ? ('error' as const)
        : ('ready' as const),
    isStale: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => query.fetchNextPage(),
    retry: () => query.refetch(),
  }
}
