import { type JudgedFetch, outcomeOf } from '@/http/fetch-politely'
import type { Fetched } from '@/http/transport'
import type { BargainsDeps } from '../deps'
import type { Item, PageInput, ParsedPage, Source, Verdict } from '../sources/source'
import { isGood, type ReadVerdict } from './rules'

/** What a scan read of a search: one verdict, and the adverts of its pages, each once. */
export type Reading = {
  readonly verdict: ReadVerdict
  readonly reason: string | null
  /** Seconds that the site asked to wait. */
  readonly retryAfter: number | null
  readonly items: readonly Item[]
  readonly total: number | null
  /** Paged down to known ground, to the end or to the page limit. False: what lies below was not seen. */
  readonly complete: boolean
  /** 304: as it was at the last read, so there are no items. */
  readonly unmodified: boolean
  readonly etag: string | null
  readonly lastModified: string | null
  readonly readAt: Date
}

/** One page as it was judged. */
export type Page = {
  readonly reading: Reading
  readonly next: string | null
  /** Its format; empty where none was recognised. */
  readonly variant: string
  readonly api: string | null
  /** As it came; null where nothing did. */
  readonly raw: Raw | null
}
type Raw = Pick<PageInput, 'bytes' | 'status' | 'headers'>
const NOTHING = { items: [], total: null, complete: true, unmodified: false, etag: null, lastModified: null } as const

export type JudgeDeps = Pick<BargainsDeps, 'clock' | 'log'>

/** A parser that throws is a mistake of ours: it is logged, and the page is one that we cannot read. */
export function parsePage({ log }: Pick<JudgeDeps, 'log'>, source: Source, page: PageInput): ParsedPage {
  try {
    return source.parse(page)
  } catch (error) {
    log.error({ err: error, url: page.url }, 'a parser failed')
    const nothing = { items: [], rejected: [], next: null, total: null, answered: null }
    return {
      ...nothing,
      source: source.id,
      variant: '',
      kind: 'result',
      verdict: 'changed',
      reason: 'the parser failed',
    }
  }
}

/** An answer of the transport as a page with a verdict; a captcha with status 200 is a refusal for the host too. */
export function judgePage(deps: JudgeDeps, source: Source, url: string, answer: Fetched): JudgedFetch<Page> {
  const now = deps.clock()
  const outcome = outcomeOf(answer, now)
  const retryAfter = outcome.kind === 'bad' ? outcome.retryAfter : null
  const base = { ...NOTHING, retryAfter, readAt: now }
  const bare = { next: null, variant: '', api: null, raw: null }
  if (answer.kind === 'failed') {
    const verdict = answer.reason === 'robots' ? 'forbidden' : 'failed'
    return { outcome, value: { ...bare, reading: { ...base, verdict, reason: `${answer.reason}: ${answer.detail}` } } }
  }
  if (answer.status === 304) {
    return { outcome, value: { ...bare, reading: { ...base, verdict: 'ok', reason: null, unmodified: true } } }
  }
  const { status, headers } = answer
  const { parsed, bytes } = parseAnswer(deps, source, url, answer)
  const verdict = verdictOf(parsed, status)
  const validators = isGood(verdict)
    ? { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null }
    : {}
  const { total, next, variant } = parsed
  const items = isGood(verdict) ? parsed.items : []
  const reason = parsed.reason ?? (verdict === 'failed' ? `status ${status}` : null)
  const reading = { ...base, ...validators, verdict, reason, items, total }
  const value = { next, variant, api: parsed.api ?? null, raw: { bytes, status, headers }, reading }
  return { outcome: verdict === 'blocked' ? { kind: 'bad', retryAfter } : outcome, value }
}

type Answered = Extract<Fetched, { readonly kind: 'answered' }>

/** The page as it came, or, where that cannot be read, as a browser had made it. */
export function parseAnswer(
  deps: Pick<JudgeDeps, 'log'>,
  source: Source,
  url: string,
  { bytes, status, headers, rendered }: Answered,
): { readonly parsed: ParsedPage; readonly bytes: Uint8Array } {
  const parsed = parsePage(deps, source, { bytes, url, status, headers })
  if (!rendered || verdictOf(parsed, status) !== 'changed') return { parsed, bytes }
  const html = { ...headers, 'content-type': 'text/html; charset=utf-8' }
  return { parsed: parsePage(deps, source, { bytes: rendered, url, status, headers: html }), bytes: rendered }
}

/** A broken server's page is a failure, unless the parser knows it for a refusal; one advert is not a search. */
function verdictOf(parsed: ParsedPage, status: number): Verdict {
  if (parsed.kind === 'offer' && isGood(parsed.verdict)) return 'changed'
  return status >= 500 && parsed.verdict !== 'blocked' ? 'failed' : parsed.verdict
}
