import 'server-only'
import { dehydrate, type FetchQueryOptions, HydrationBoundary, QueryClient, type QueryKey } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { headers } from 'next/headers'
import { cache, type ReactNode } from 'react'
import { queryDefaults } from '@/trpc/client-query'
import { createHttpContext } from '@/trpc/http-context'
import { createCallerFactory } from '@/trpc/init'
import { reportError } from '@/trpc/report-error'
import { door } from './auth'
import { appRouter } from './router'
import { runtime } from './runtime'

/** Who asks for this page: read once, however many parts of the page ask. */
export const readContext = cache(async () => createHttpContext({ ...(await runtime()), door }, await headers()))

const queryClient = cache(() => new QueryClient({ defaultOptions: queryDefaults }))

/** For pages: `await prefetch(trpc.watches.list.queryOptions())`, within `<HydrateClient>`. */
export const trpc = createTRPCOptionsProxy({ ctx: readContext, router: appRouter, queryClient })

/** Reads on the server what the browser will ask for. Awaited, the page arrives whole; not awaited, it streams. */
export async function prefetch<Read, Failure, Data, Key extends QueryKey>(
  options: FetchQueryOptions<Read, Failure, Data, Key>,
): Promise<void> {
  await queryClient().prefetchQuery(options)
}

export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>
}

/** For what a page needs itself: `await api.accounts.me()`. Throws TRPCError. */
export const api = createCallerFactory(appRouter)(readContext, {
  onError: async (failure) => reportError((await runtime()).deps.log, failure),
})
