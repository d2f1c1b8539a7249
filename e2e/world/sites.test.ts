import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recogniseUrl, sourceFor } from '@/bargains/sources/registry'
import type { ParsedPage } from '@/bargains/sources/source'
import { ask } from './ask.ts'
import { MUTATIONS } from './market/mutate.ts'
import { startWorld, type World } from './world.ts'

/** Every site beside OLX.pl and Otomoto: what the world serves is what its source reads. */

type Example = { readonly site: string; readonly search: string; readonly empty: string; readonly partial: string }

const EMPTY = { empty: 'empty', partial: 'partial' } as const

const EXAMPLES: readonly Example[] = [
  { site: 'OLX.ua', search: 'https://www.olx.ua/uk/q-rower/', ...EMPTY },
  { site: 'the API of OLX.ua', search: 'https://www.olx.ua/api/v1/offers/?query=rower', ...EMPTY },
  { site: 'OLX.ro', search: 'https://www.olx.ro/q-rower/', ...EMPTY },
  { site: 'OLX.uz', search: 'https://www.olx.uz/q-rower/', ...EMPTY },
  { site: 'OLX Brasil', search: 'https://www.olx.com.br/brasil?q=rower', ...EMPTY },
  {
    site: 'Otodom',
    search: 'https://www.otodom.pl/pl/wyniki/wynajem/mieszkanie/cala-polska?description=rower',
    ...EMPTY,
  },
  { site: 'Vinted', search: 'https://www.vinted.pl/catalog?search_text=rower', ...EMPTY },
  { site: 'willhaben', search: 'https://www.willhaben.at/iad/kaufen-und-verkaufen/marktplatz?keyword=rower', ...EMPTY },
  { site: 'Marktplaats', search: 'https://www.marktplaats.nl/q/rower/', ...EMPTY },
  // Nobody has seen what these two say when nothing is found.
  { site: 'Kleinanzeigen', search: 'https://www.kleinanzeigen.de/s-rower/k0', ...EMPTY, empty: 'changed' },
  { site: 'Sprzedajemy', search: 'https://sprzedajemy.pl/szukaj?inp_text[v]=rower', ...EMPTY, empty: 'changed' },
  { site: 'a shop', search: 'https://shop.example.org/?q=rower', ...EMPTY },
  { site: 'a feed', search: 'https://feed.example.org/?q=rower', ...EMPTY },
]

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 5 })
  for (const { search } of EXAMPLES) world.market.seedMarket(130, { matching: search, promoted: false })
})
afterAll(() => world.close())

function asked(search: string): string {
  const recognised = recogniseUrl(search)?.recognised
  if (recognised?.kind !== 'result') throw new Error(`${search} is no search`)
  return recognised.url
}

async function read(address: string): Promise<ParsedPage> {
  const source = sourceFor(new URL(address))
  if (source === null) throw new Error(`no source reads ${address}`)
  const { status, bytes, headers } = await ask(world.market.origin, address)
  return source.parse({ bytes, url: address, status, headers: { 'content-type': headers['content-type'] ?? '' } })
}

/** A site's number of an advert, without the letter that Marktplaats puts before it; of any page only the address tells. */
function advertOf(item: { readonly externalId: string; readonly url: string }) {
  const id = /\d{9,}/.exec(item.url)?.[0] ?? item.externalId.replace(/^m/, '')
  return world.market.get(id)
}

describe.each(EXAMPLES)('$site', ({ search, empty, partial }) => {
  const host = new URL(search).hostname

  test('is read whole: ids, titles and prices', async () => {
    const page = await read(asked(search))
    expect([page.verdict, page.reason, page.rejected]).toEqual(['ok', null, []])
    expect(page.items.length).toBeGreaterThanOrEqual(24)
    for (const item of page.items) {
      const advert = advertOf(item)
      const amount = advert.price.amount === null ? undefined : `${advert.price.amount}00`
      // A feed names the price in the title.
      expect([item.title.replace(/ - \d+ zł$/, ''), item.price.amount?.toString()]).toEqual([advert.title, amount])
    }
  })

  test('has a next page with other adverts, where it has pages', async () => {
    const first = await read(asked(search))
    if (first.next === null) return expect(host).toBe('feed.example.org')
    const second = await read(first.next)
    const known = new Set(first.items.map(({ externalId }) => externalId))
    expect(second.items.length).toBeGreaterThan(0)
    expect(second.items.filter(({ externalId }) => known.has(externalId))).toEqual([])
  })

  test('an advert has a page of its own, which is gone when it is removed', async () => {
    const advert = world.market.publish({ matching: search, price: 650 })
    const page = await read(world.market.urlOf(advert))
    expect([page.verdict, page.kind]).toEqual(['ok', 'offer'])
    expect(page.items.map(({ title, price }) => [title, price.amount])).toEqual([[advert.title, 65_000n]])
    world.market.remove(advert.id)
    expect((await read(world.market.urlOf(advert))).verdict).toBe('gone')
  })

  test.each([
    ['empty', empty],
    ['blocked', 'blocked'],
    ['captcha200', 'blocked'],
    ['changed', 'changed'],
    ['partial', partial],
    ['broken', 'failed'],
    ['gone', 'gone'],
  ] as const)('in trouble: %s is judged %s', async (mode, verdict) => {
    world.market.setMode(host, mode, { times: 1 })
    expect((await read(asked(search))).verdict).toBe(verdict)
    expect((await read(asked(search))).verdict).toBe('ok')
  })

  test('a page that ends half-way is not read as a shorter one', async () => {
    world.market.setMode(host, 'cut', { times: 1 })
    expect(['changed', 'partial']).toContain((await read(asked(search))).verdict)
  })

  test.each(MUTATIONS)(
    'changed by the site (%s): nothing is free or gone, no price is 0, no half is lost',
    async (how) => {
      const whole = await read(asked(search))
      for (let seed = 0; seed < 12; seed++) {
        world.market.setMode(host, { kind: 'mutated', how, seed }, { times: 1 })
        const page = await read(asked(search))
        expect(page.verdict, `seed ${seed}`).not.toBe('gone')
        expect(page.items.filter(({ price }) => price.kind === 'free' || price.amount === 0n)).toEqual([])
        if (page.verdict === 'ok') expect(page.items.length).toBeGreaterThan(whole.items.length / 2)
      }
    },
  )
})

test.each(['https://www.olx.ua/uk/q-rower/', 'https://www.olx.uz/q-rower/'])(
  '%s saved by a browser is read by its cards',
  async (search) => {
    world.market.setMode(new URL(search).hostname, 'stateless', { times: 1 })
    const page = await read(asked(search))
    expect([page.verdict, page.variant, page.rejected]).toEqual(['ok', 'dom', []])
    expect(page.items.map(({ title }) => title)).toEqual(page.items.map((item) => advertOf({ ...item, url: '' }).title))
  },
)
