import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTRPC, useTRPCClient } from '@/trpc/client'

const PAUSE_MS = 500
const FRESH_MS = 5 * 60_000

/** What the pasted links are, once the typing rests. Read again only when the text changes. */
export function useLinkPreview(text: string) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const wanted = text.trim()
  const [asked, setAsked] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  const query = useQuery({
    // A POST, for links may be long; asked like a read, so that the last answer wins and is kept.
    queryKey: [...trpc.watches.preview.mutationKey(), asked],
    queryFn: ({ signal }) => client.watches.preview.mutate({ text: asked }, { signal }),
    enabled: asked !== '',
    staleTime: FRESH_MS,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const isTyping = wanted !== asked
  return {
    /** Asks at once, without waiting for the typing to rest: for a paste. */
    askNow: (pasted: string) => setAsked(pasted.trim()),
    isLoading: wanted !== '' && (isTyping || query.isFetching),
    found: isTyping || wanted === '' ? undefined : query.data,
    error: isTyping || wanted === '' ? null : query.error,
    refetch: query.refetch,
  }
}
