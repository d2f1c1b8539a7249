import { useEffect, useState } from 'react'
import { type HandedPage, READY, readHanded } from '../rules-bookmarklet'

/** How long a page takes that comes at all. */
const PATIENCE = 8_000

export type Handed =
  | { readonly kind: 'none' | 'waiting' | 'lost' | 'refused' }
  | { readonly kind: 'page'; readonly page: HandedPage }

/** The page that the window which opened this one hands over. It is asked once this one listens. */
export function useHandedPage(): Handed {
  const [handed, setHanded] = useState<Handed>({ kind: 'none' })
  useEffect(() => {
    const opener: Window | null = window.opener
    if (!opener) return
    setHanded({ kind: 'waiting' })
    const lost = setTimeout(() => setHanded((now) => (now.kind === 'waiting' ? { kind: 'lost' } : now)), PATIENCE)
    const listen = ({ source, origin, data }: MessageEvent) => {
      if (source !== opener) return
      const page = readHanded(data, origin)
      setHanded(page ? { kind: 'page', page } : { kind: 'refused' })
    }
    window.addEventListener('message', listen)
    // Whoever opened us may hear this: it says nothing but that we are here.
    opener.postMessage(READY, '*')
    return () => {
      clearTimeout(lost)
      window.removeEventListener('message', listen)
    }
  }, [])
  return handed
}
