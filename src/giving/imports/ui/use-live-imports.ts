import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTRPC } from '@/trpc/client'

/** Keeps what the page shows of imports as it is on the server. */
export function useLiveImports(): void {
  const [trpc, client] = [useTRPC(), useQueryClient()]
  useSubscription(
    trpc.imports.changes.subscriptionOptions(undefined, {
      onData: () => client.invalidateQueries({ queryKey: trpc.imports.pathKey() }),
    }),
  )
}
