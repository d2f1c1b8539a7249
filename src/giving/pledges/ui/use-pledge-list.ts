import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import type { ListedPledge, PledgePage } from '../schema'
import type { PledgeListInput } from './pledge-list-params'

/** The first page as the server has read it, with what was asked for. */
export type FirstPledges = { input: PledgeListInput; page: PledgePage }

const NONE: readonly ListedPledge[] = []

/** Pledges, a page after the other. */
export function usePledgeList(input: PledgeListInput, first: FirstPledges | undefined) {
  const trpc = useTRPC()
  const known = JSON.stringify(first?.input) === JSON.stringify(input) ? first?.page : undefined
  const query = useInfiniteQuery(
    trpc.pledges.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor,
      ...(known && { initialData: { pages: [known], pageParams: [null] } }),
      placeholderData: (previous) => previous,
    }),
  )
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.pledges) ?? NONE, [query.data])
  const state = query.isPending ? ('loading' as const) : query.data ? ('ready' as const) : ('error' as const)
  return { rows, state, query }
}
