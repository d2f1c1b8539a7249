import type { PageKind, ParsedPage, Verdict } from '../source'

type Known = Partial<Omit<ParsedPage, 'source' | 'kind' | 'verdict'>>

/** A page with what is known of it; everything else empty. */
export function makePage(source: string, kind: PageKind, verdict: Verdict, known: Known = {}): ParsedPage {
  return {
    source,
    variant: '',
    kind,
    verdict,
    items: [],
    rejected: [],
    next: null,
    total: null,
    reason: null,
    answered: null,
    ...known,
  }
}

/** The asked address with another page number; null when the address is none. */
export function withPage(url: string, page: number): string | null {
  if (!URL.canParse(url)) return null
  const next = new URL(url)
  next.searchParams.set('page', String(page))
  next.hash = ''
  return next.href
}
