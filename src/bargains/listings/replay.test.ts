import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inArray } from 'drizzle-orm'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createTransport } from '@/http/guarded-fetch'
import { createTestStorage } from '@/storage/testing'
import { makeClock } from '../../../e2e/world/clock'
import { type Replayed, startReplay } from '../../../e2e/world/replay'
import { linkRecent } from '../prices/link-recent'
import { listingLinks } from '../prices/table'
import { olx } from '../sources/olx/source'
import { recogniseUrl } from '../sources/registry'
import type { Item } from '../sources/source'
import { matchesOf, scanAll, signalsIn } from '../testing-market'
import { createWatch } from '../watches/create-watch'
import { newWatchSchema } from '../watches/schema'

const DEFAULT = fileURLToPath(new URL('../../../../shared/captures', import.meta.url))
const FOLDER = resolve(process.env.GLEANER_CAPTURES === 'required' ? DEFAULT : process.env.GLEANER_CAPTURES || DEFAULT)
/** Real pages are never part of the repository: they hold other people's data. */
const present = existsSync(join(FOLDER, 'INDEX.tsv'))

const HOUR = 3_600_000
const database = openTestDatabase()

function itemsOf({ files }: Replayed, at: number): readonly Item[] {
  const file = files[at] ?? ''
  return olx.parse({
    bytes: readFileSync(join(FOLDER, file)),
    url: 'https://www.olx.pl/oferty/',
    status: 200,
    headers: {},
  }).items
}

/** What a price drop of at least 5 % is, by hand. */
function fellBetween(before: readonly Item[], after: readonly Item[]): number {
  const asked = new Map(before.map(({ externalId, price }) => [externalId, price]))
  return after.filter(({ externalId, price }) => {
    const was = asked.get(externalId)
    if (was?.amount == null || price.amount === null || was.currency !== price.currency) return false
    return (was.amount - price.amount) * 100n >= was.amount * 5n && price.amount < was.amount
  }).length
}

describe.skipIf(!present)('saved pages, served again', () => {
  it('each search has an address that its source takes for one', async () => {
    const replay = await startReplay({ folder: FOLDER, clock: makeClock() })
    for (const { url } of replay.searches) expect(`${recogniseUrl(url)?.recognised.kind} ${url}`).toBe(`result ${url}`)
    await replay.close()
  })

  it('every format with a saved result page is among them, and each is read well by the source of its address', async () => {
    const replay = await startReplay({ folder: FOLDER, clock: makeClock() })
    const { fetch } = createTransport({ origins: replay.origins, userAgent: 'Gleaner/test' })
    const read: string[] = []
    for (const { url } of replay.searches) {
      const known = recogniseUrl(url)
      const address = known?.recognised.kind === 'result' ? known.recognised.url : url
      const answer = await fetch({ url: address })
      const parsed = answer.kind === 'answered' ? known?.source.parse({ ...answer, url: address }) : null
      const found = (parsed?.items.length ?? 0) > 0 ? 'adverts' : 'nothing'
      expect(`${url}: ${parsed?.verdict} ${found}`).toMatch(/: (ok|partial) adverts$/)
      read.push(known?.source.id ?? '')
    }
    const formats = ['any', 'kleinanzeigen', 'marktplaats', 'olx', 'olx-br', 'olx-ua', 'olx-uz', 'otodom', 'otomoto']
    expect([...new Set(read)].sort()).toEqual([...formats, 'sprzedajemy', 'vinted', 'willhaben'])
    await replay.close()
  })

  it('two pages of one search hours apart give the union, tell each new advert once, and no false repost', async () => {
    const clock = makeClock()
    const replay = await startReplay({ folder: FOLDER, clock, hold: HOUR })
    const pair = replay.searches.find(({ name }) => name === 'olx-pl-2025-07-search')
    if (!pair) throw new Error('the pair is not among the captures')
    const [earlier, later] = [itemsOf(pair, 0), itemsOf(pair, 1)]
    const union = new Set([...earlier, ...later].map(({ externalId }) => externalId))
    const fresh = union.size - new Set(earlier.map(({ externalId }) => externalId)).size
    const mine = await createTestWorkspace(database.db)
    const input = newWatchSchema.parse({ name: 'Replay', urls: [pair.url], interval: 30 })
    const { id } = await mine.run((ctx) => createWatch(ctx, input), clock.now())
    const deps = {
      ...{ db: database.db, log: pino({ level: 'silent' }), clock: clock.now, send: async () => undefined },
      ...{ random: () => 0.5, storage: createTestStorage() },
      sleep: async (milliseconds: number) => clock.advance(milliseconds),
      transport: createTransport({ origins: replay.origins, userAgent: 'Gleaner/test' }),
    }
    await scanAll(deps)
    expect((await matchesOf(mine, id)).length).toBe(new Set(earlier.map(({ externalId }) => externalId)).size)
    clock.advance(3.5 * HOUR)
    await scanAll(deps)
    const found = await matchesOf(mine, id)
    expect(found.length).toBe(union.size)
    const told = (await signalsIn(mine)).filter(({ kind }) => kind !== 'watch.baseline')
    const many = told.find(({ kind }) => kind === 'listing.many')?.facts
    const count = (kind: string) => told.filter((signal) => signal.kind === kind).length
    expect(many ? many.fresh : count('listing.new')).toBe(fresh)
    expect(many ? many.cheaper : count('listing.price_drop')).toBe(fellBetween(earlier, later))
    await linkRecent(deps)
    const ids = found.map(({ listingId }) => listingId)
    const links = await database.db.select().from(listingLinks).where(inArray(listingLinks.listingId, ids))
    expect(links).toEqual([])
    process.stdout.write(
      `replay: ${earlier.length} and ${later.length} adverts, union ${union.size}, ${fresh} new, reposts 0\n`,
    )
    await replay.close()
  })
})
