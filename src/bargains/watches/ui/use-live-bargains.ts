import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useEffect, useRef } from 'react'
import { useTRPC } from '@/trpc/client'

/** A scan writes several rows at once: they are fetched together. */
const GATHER_MS = 250

/** Keeps everything that the page shows of bargains as it is on the server, without a reload. */
export function useLiveBargains(): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => clearTimeout(timer.current ?? undefined), [])
  useSubscription(
    trpc.watches.live.subscriptionOptions(undefined, {
      onData: () => {
        if (timer.current) return
        timer.current = setTimeout(() => {
          timer.current = null
          client.invalidateQueries({ queryKey: trpc.watches.pathKey() })
          client.invalidateQueries({ queryKey: trpc.matches.pathKey() })
          client.invalidateQueries({ queryKey: trpc.sources.pathKey() })
        }, GATHER_MS)
      },
    }),
  )
}
