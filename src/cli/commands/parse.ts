import { readFile } from 'node:fs/promises'
import { listBadPages, openBadPage } from '@/bargains/searches/keep-bad-page'
import { sourceFor, sources } from '@/bargains/sources/registry'
import type { PageInput } from '@/bargains/sources/source'
import { type ItemContract, type PageContract, toContract } from '@/bargains/sources/write-contract'
import { AppError } from '@/kernel/app-error'
import { type Command, optional, required, UsageError, type Values } from '../command'
import { withKeptPages } from '../with-kept-pages'

/** `gleaner parse`: what a source reads in a saved page. Touches neither network nor database. */
export const parse: Command = {
  name: 'parse',
  summary: 'Read a saved marketplace page and print what is in it.',
  usage: 'FILE --url URL [--status 200] | kept:ID',
  help: [
    '--url URL        the address that the page was loaded from',
    '--status N       its HTTP status, if not 200',
    'kept:ID          a page that could not be read; gleaner doctor sources lists them',
  ],
  options: { url: { type: 'string' }, status: { type: 'string' } },
  words: 1,
  run: async (values, [file = '']) => {
    const page = file.startsWith('kept:') ? await readKept(file.slice(5)) : await readFrom(file, values)
    const source = sourceFor(new URL(page.url))
    const known = sources.flatMap(({ hosts }) => hosts).join(', ')
    if (!source) throw new AppError('bad_input', `No source reads ${new URL(page.url).host}. There are: ${known}`)
    const json = toContract(source.parse(page))
    return { json, text: describePage(json) }
  },
}

async function readFrom(file: string, values: Values): Promise<PageInput> {
  const url = readUrl(required(values, 'url')).href
  return { bytes: await readBytes(file), url, status: readStatus(optional(values, 'status')), headers: {} }
}

function readKept(id: string): Promise<PageInput> {
  return withKeptPages(async (deps) => {
    const kept = (await listBadPages(deps)).find((page) => page.id.startsWith(id) && id !== '')
    const bytes = kept && (await openBadPage(deps, kept))
    if (!kept || !bytes) throw new AppError('not_found', `No page ${id} is kept`)
    return { ...kept, bytes }
  })
}

function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw new UsageError(`--url is no address: ${text}`)
  return new URL(text)
}

function readStatus(text = '200'): number {
  const status = Number(text)
  if (!Number.isInteger(status) || status < 100 || status > 599)
    throw new UsageError(`--status is no HTTP status: ${text}`)
  return status
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new AppError('bad_input', `Cannot read ${file}: ${(cause as Error).message}`, { cause })
  }
}

function describePage(page: PageContract): string {
  const head = `${page.source} ${page.kind} (${page.variant || 'unknown format'}): ${page.verdict}, ${page.items.length} read`
  const rejected = page.rejected.map(({ externalId, reason }) => `rejected ${externalId ?? '?'}: ${reason}`)
  return [page.reason ? `${head}: ${page.reason}` : head, ...page.items.map(describeItem), ...rejected].join('\n')
}

function describeItem({ externalId, price, title }: ItemContract): string {
  const amount = price.amount === null ? price.kind : `${price.amount} ${price.currency} (minor units)`
  return `${externalId.padEnd(12)} ${amount.padStart(26)}  ${title}`
}
