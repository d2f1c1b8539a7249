import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import type { GiftPage, ListedGift } from '../schema'
import type { GiftListInput } from './gift-list-input'

/** The first page as the server has read it, with what was asked for. */
export type FirstGifts = { input: GiftListInput; page: GiftPage }

const NONE: readonly ListedGift[] = []

/** Gifts, a page after the other. */
export function useGiftList(input: GiftListInput, first: FirstGifts | undefined) {
  const trpc = useTRPC()
  const known = JSON.stringify(first?.input) === JSON.stringify(input) ? first?.page : undefined
  const query = useInfiniteQuery(
    trpc.gifts.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor,
      ...(known && { initialData: { pages: [known], pageParams: [null] } }),
      // Another filter: the old rows stay until the new ones are there.
      placeholderData: (previous) => previous,
    }),
  )
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.gifts) ?? NONE, [query.data])
  const state = query.isPending ? ('loading' as const) : query.data ? ('ready' as const) : ('error' as const)
  return { rows, state, query }
}

/** Keeps what the page shows of gifts and pledges as it is on the server, without a reload. */
export function useLiveGifts(): void {
  const [trpc, refresh] = [useTRPC(), useRefreshGifts()]
  useSubscription(trpc.gifts.live.subscriptionOptions(undefined, { onData: () => void refresh() }))
}

/** Reads everything again that a gift or a pledge changes. */
export function useRefreshGifts(): () => Promise<unknown> {
  const [trpc, client] = [useTRPC(), useQueryClient()]
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: trpc.gifts.pathKey() }),
      client.invalidateQueries({ queryKey: trpc.pledges.pathKey() }),
      client.invalidateQueries({ queryKey: trpc.funds.pathKey() }),
    ])
}
