import { type KeptPage, listBadPages, openBadPage } from '@/bargains/searches/keep-bad-page'
import { sourceById } from '@/bargains/sources/registry'
import { type Command, optional } from '../command'
import { withKeptPages } from '../with-kept-pages'

type Checked = {
  readonly id: string
  readonly host: string
  readonly keptAt: string
  readonly url: string
  readonly way: string
  readonly variant: string
  readonly before: string
  /** What the parsers of this release say of the same bytes; null where the bytes are gone. */
  readonly now: string | null
  readonly items: number
  readonly reason: string | null
}

/** `gleaner doctor sources`: pages that could not be read, and whether they can be now. */
export const doctorSources: Command = {
  name: 'doctor sources',
  summary: 'List the kept pages that could not be read, by host, and read them again with this release.',
  usage: '[--host HOST]',
  help: ['--host HOST      only pages of that host', 'gleaner parse kept:ID prints all that is read in one of them.'],
  options: { host: { type: 'string' } },
  words: 0,
  run: (values) =>
    withKeptPages(async (deps) => {
      const json: Checked[] = []
      for (const page of await listBadPages(deps, optional(values, 'host'))) {
        json.push(checkPage(page, await openBadPage(deps, page)))
      }
      return { json, text: describePages(json) }
    }),
}

function checkPage(page: KeptPage, bytes: Uint8Array | null): Checked {
  const { id, host, url, way, variant, status, headers, verdict: before } = page
  const known = { id, host, url, way, variant, before, keptAt: page.keptAt.toISOString() }
  const parsed = bytes && sourceById(page.source)?.parse({ bytes, url, status, headers })
  if (!parsed) return { ...known, now: null, items: 0, reason: page.reason }
  return { ...known, now: parsed.verdict, items: parsed.items.length, reason: parsed.reason }
}

function describePages(pages: readonly Checked[]): string {
  if (pages.length === 0) return 'No page is kept: in the last 7 days all could be read.'
  const groups = [...Map.groupBy(pages, ({ host }) => host)]
  return groups.map(([host, own]) => [`${host}: ${own.length}`, ...own.map(describePage)].join('\n')).join('\n')
}

function describePage({ id, keptAt, before, now, items, reason, url }: Checked): string {
  const mended = now === null ? 'gone' : `${now}, ${items} read`
  return `  kept:${id}  ${keptAt.slice(0, 16)}  ${before} → ${mended}${reason ? ` (${reason})` : ''}  ${url}`
}
