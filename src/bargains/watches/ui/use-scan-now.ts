import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import { useHealthSentence } from './health-sentence'
import { short } from './use-watch-actions'
import { checkedAt, watchState } from './watch-status'
import type { WatchView } from './watch-view'

/** How long to wait for a read before saying that it waits for its turn. */
const PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 3_000

/** Reads that were asked for on this page: each watch with the moment of its read before. */
type Waiting = ReadonlyMap<string, { readonly before: number | null; readonly until: number }>

/** "Scan now", until the read has come: its outcome is told in a toast, and so is that it takes long. */
export function useScanNow(watches: readonly WatchView[]) {
  const t = useTranslations('watches.scan')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const health = useHealthSentence()
  const [waiting, setWaiting] = useState<Waiting>(new Map())
  const forget = useCallback((id: string) => setWaiting((old) => new Map([...old].filter(([key]) => key !== id))), [])
  const scanning = useMutation(trpc.watches.scan.mutationOptions({ onError: (_error, { id }) => forget(id) }))

  useEffect(() => {
    if (waiting.size === 0) return
    for (const [id, { before, until }] of waiting) {
      const watch = watches.find((candidate) => candidate.id === id)
      const read = watch ? (checkedAt(watch.searches)?.getTime() ?? null) : null
      if (watch && read === before && Date.now() < until) continue
      forget(id)
      if (!watch) continue
      if (read === before) toast.told(t('slow', { name: short(watch.name) }), { description: t('slowWhy') })
      else if (watchState(watch) === 'runs')
        toast.done(t('read', { name: short(watch.name) }), { description: health.ofWatch(watch) })
      else toast.failed(t('trouble', { name: short(watch.name) }), { description: health.ofWatch(watch) })
    }
    // A live note may be lost; while somebody waits, the page also asks by itself.
    const timer = setInterval(() => client.invalidateQueries({ queryKey: trpc.watches.pathKey() }), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [waiting, watches, forget, toast, t, health, client, trpc])

  function scan(watch: WatchView) {
    const before = checkedAt(watch.searches)?.getTime() ?? null
    setWaiting((old) => new Map(old).set(watch.id, { before, until: Date.now() + PATIENCE_MS }))
    scanning.mutate({ id: watch.id })
  }
  return { scan, isScanning: useCallback((id: string) => waiting.has(id), [waiting]) }
}
