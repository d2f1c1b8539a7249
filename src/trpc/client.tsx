'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useToast } from '@/ui/toast'
import type { AppRouter } from '@/wiring/router'
import { factsOf, isSignedOut } from './client-errors'
import { queryDefaults } from './client-query'
import { transformer } from './transformer'

const context = createTRPCContext<AppRouter>()

/** `const trpc = useTRPC()`; `useQuery(trpc.watches.list.queryOptions())`, `useMutation(trpc.watches.pause.mutationOptions())`. */
export const { useTRPC, useTRPCClient } = context

declare module '@tanstack/react-query' {
  interface Register {
    /** `quiet`: the form or page shows the failure itself, so there is no toast. */
    mutationMeta: { quiet?: boolean }
    queryMeta: { quiet?: boolean }
  }
}

/** In the root layout, within the providers of words and toasts. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const tell = useTell()
  const [queryClient] = useState(() => createQueryClient(tell))
  const [client] = useState(createClient)
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  )
}

/** A failed write is told, whoever asked for it; who is signed out is led to sign in and back. */
function useTell(): (error: Error, quiet: boolean) => void {
  const toast = useToast()
  const t = useTranslations('errors')
  return (error, quiet) => {
    if (isSignedOut(error)) leadToSignIn()
    else if (!quiet) toast.failed(factsOf(error) ? error.message : t('network'))
  }
}

function leadToSignIn(): void {
  const { pathname, search } = window.location
  if (pathname === '/sign-in' || pathname === '/setup') return
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}

function createQueryClient(tell: (error: Error, quiet: boolean) => void): QueryClient {
  return new QueryClient({
    defaultOptions: queryDefaults,
    // A failed read is shown where its rows would be.
    queryCache: new QueryCache({ onError: (error) => tell(error, true) }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => tell(error, mutation.meta?.quiet === true),
    }),
  })
}

function createClient() {
  const door = { url: '/api/trpc', transformer }
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink(door),
        false: httpBatchLink({ ...door, maxURLLength: 4000 }),
      }),
    ],
  })
}
