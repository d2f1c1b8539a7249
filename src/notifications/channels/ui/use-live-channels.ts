import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTRPC } from '@/trpc/client'

/** Keeps the list of channels as it is on the server: a chat that is linked on the phone appears by itself. */
export function useLiveChannels(): void {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  useSubscription(
    trpc.channels.changes.subscriptionOptions(undefined, {
      onData: () => void queries.invalidateQueries({ queryKey: trpc.channels.pathKey() }),
    }),
  )
}
