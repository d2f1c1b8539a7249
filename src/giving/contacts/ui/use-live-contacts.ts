import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTRPC } from '@/trpc/client'

/** Keeps what the page shows of contacts as it is on the server, without a reload. */
export function useLiveContacts(): void {
  const [trpc, client] = [useTRPC(), useQueryClient()]
  useSubscription(
    trpc.contacts.live.subscriptionOptions(undefined, {
      onData: () => {
        client.invalidateQueries({ queryKey: trpc.contacts.pathKey() })
        client.invalidateQueries({ queryKey: trpc.groups.pathKey() })
      },
    }),
  )
}
