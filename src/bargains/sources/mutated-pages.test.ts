import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyPage } from './any/source'
import { cardOf, cardPage } from './fixtures/made-up-cards'
import * as made from './fixtures/made-up-marketplaces'
import { brAd, brDetail, brOfferPage, brPage, OLX_BR_OFFER_URL, OLX_BR_URL } from './fixtures/made-up-olx-br'
import {
  OTODOM_OFFER_URL,
  OTODOM_URL,
  otodomAd,
  otodomItem,
  otodomOfferPage,
  otodomPage,
} from './fixtures/made-up-otodom'
import {
  advertSearch,
  apiAnswer,
  apiOffer,
  apiPrice,
  type Json,
  OFFER_URL,
  OTOMOTO_URL,
  olxAd,
  olxOfferPage,
  olxResultPage,
  otomotoEdge,
  otomotoPage,
  page,
  RESULT_URL,
  statePage,
} from './fixtures/made-up-pages'
import { kleinanzeigen } from './kleinanzeigen/source'
import { marktplaats } from './marktplaats/source'
import { olx } from './olx/source'
import { olxBr } from './olx-br/source'
import { otodom } from './otodom/source'
import { parseOtomoto } from './otomoto/parse-otomoto'
import type { PageInput, ParsedPage } from './source'
import { sprzedajemy } from './sprzedajemy/source'
import { vinted } from './vinted/source'
import { willhaben } from './willhaben/source'

/** Pages of six to nine priced adverts, none of which says that anything is free or gone. */
type Format = {
  readonly name: string
  readonly parse: (page: PageInput) => ParsedPage
  readonly url: string
  readonly count: number
  readonly text: (mutate: (advert: unknown) => unknown) => string
}

const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

const FORMATS: readonly Format[] = [
  {
    name: 'OLX result page',
    parse: olx.parse,
    url: RESULT_URL,
    count: 9,
    text: (mutate) => olxResultPage(range(9).map((n) => mutate(olxAd(n)))),
  },
  {
    name: 'OLX offer page',
    parse: olx.parse,
    url: OFFER_URL,
    count: 1,
    text: (mutate) => olxOfferPage(mutate(olxAd(1))),
  },
  {
    name: 'OLX API',
    parse: olx.parse,
    url: 'https://www.olx.pl/api/v1/offers',
    count: 6,
    text: (mutate) => apiAnswer(range(6).map((n) => mutate(apiOffer(n, apiPrice(n))))),
  },
  {
    name: 'OLX cards',
    parse: olx.parse,
    url: RESULT_URL,
    count: 9,
    text: (mutate) => cardPage(range(9).map((n) => cardOf(mutate(olxAd(n))))),
  },
  {
    name: 'OLX Brasil result page',
    parse: olxBr.parse,
    url: OLX_BR_URL,
    count: 7,
    text: (mutate) => brPage(range(7).map((n) => mutate(brAd(n)))),
  },
  {
    name: 'OLX Brasil offer page',
    parse: olxBr.parse,
    url: OLX_BR_OFFER_URL,
    count: 1,
    text: (mutate) => brOfferPage(mutate(brDetail())),
  },
  {
    name: 'Otodom result page',
    parse: otodom.parse,
    url: OTODOM_URL,
    count: 8,
    text: (mutate) => otodomPage(range(8).map((n) => mutate(otodomItem(n)))),
  },
  {
    name: 'Otodom offer page',
    parse: otodom.parse,
    url: OTODOM_OFFER_URL,
    count: 1,
    text: (mutate) => otodomOfferPage(mutate(otodomAd())),
  },
  {
    name: 'Otomoto result page',
    parse: parseOtomoto,
    url: OTOMOTO_URL,
    count: 8,
    text: (mutate) => otomotoPage(advertSearch(range(8).map((n) => mutate(otomotoEdge(n))))),
  },
  {
    name: 'Vinted API',
    parse: vinted.parse,
    url: made.VINTED_URL,
    count: 8,
    text: (mutate) => made.vintedAnswer(range(8).map((n) => mutate(made.vintedItem(n)))),
  },
  {
    name: 'willhaben result page',
    parse: willhaben.parse,
    url: made.WILLHABEN_URL,
    count: 8,
    text: (mutate) => made.willhabenPage(range(8).map((n) => mutate(made.willhabenAdvert(n)))),
  },
  {
    name: 'Marktplaats result page',
    parse: marktplaats.parse,
    url: made.MARKTPLAATS_URL,
    count: 8,
    text: (mutate) => made.mpPage(range(8).map((n) => mutate(made.mpListing(n)))),
  },
  {
    name: 'Marktplaats offer page',
    parse: marktplaats.parse,
    url: made.MARKTPLAATS_OFFER_URL,
    count: 1,
    text: (mutate) => made.mpOfferPage(mutate(made.mpOffer())),
  },
  {
    name: 'Kleinanzeigen cards',
    parse: kleinanzeigen.parse,
    url: made.KLEINANZEIGEN_URL,
    count: 8,
    text: () => made.kaPage(range(8).map((n) => made.kaCard(n))),
  },
  {
    name: 'Sprzedajemy cards',
    parse: sprzedajemy.parse,
    url: made.SPRZEDAJEMY_URL,
    count: 8,
    text: () => made.spPage(range(8).map((n) => made.spCard(n))),
  },
  {
    name: 'any page with JSON-LD',
    parse: anyPage.parse,
    url: made.ANY_URL,
    count: 8,
    text: (mutate) => made.ldPage([made.itemList(range(8).map((n) => mutate(made.product(n))))]),
  },
  {
    name: 'any page with microdata',
    parse: anyPage.parse,
    url: made.ANY_URL,
    count: 8,
    text: () =>
      `<html>${range(8)
        .map((n) => made.microProduct(n))
        .join('')}</html>`,
  },
]

/** What must hold for whatever a site sends. */
function check({ verdict, items }: ParsedPage, count: number): void {
  expect(['failed', 'gone', 'blocked']).not.toContain(verdict)
  if (verdict === 'ok') expect(items.length * 2).toBeGreaterThanOrEqual(count)
  if (verdict !== 'ok' && verdict !== 'partial') expect(items).toEqual([])
  for (const { price, externalId, title, url } of items) {
    expect(externalId && title && url).toBeTruthy()
    expect(price.kind).not.toBe('free')
    expect(price.kind === 'fixed').toBe(price.amount !== null && price.amount > 0n)
  }
}

const keyPaths = [
  ...['id', 'title', 'url', 'price', 'status', 'isActive', 'params', 'photos', 'location', 'user', 'created_time'],
  ...['price.regularPrice', 'price.regularPrice.value', 'price.regularPrice.currencyCode', 'map.lat', 'isPromoted'],
  ...['listId', 'subject', 'priceValue', 'slug', 'totalPrice', 'totalPrice.value', 'hidePrice', 'characteristics'],
  ...[
    'priceInfo',
    'priceInfo.priceCents',
    'itemId',
    'vipUrl',
    'description',
    'attributes',
    'offers',
    'offers.price',
    'name',
  ],
  ...['node', 'node.id', 'node.title', 'node.url', 'node.price', 'node.price.amount', 'node.price.amount.value', 'vas'],
]

const junk = fc.oneof(
  fc.constantFrom(null, '', 0, -1, Number.MAX_VALUE, [], {}, 'Za darmo', '0', '  ', '1e9', true, false),
  fc.jsonValue(),
)

/** Drops, renames, deepens or replaces what stands at `path`; an advert without that path stays as it is. */
function mutateAt(advert: unknown, path: string, how: string, value: unknown): unknown {
  const copy = structuredClone(advert)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let here: unknown = copy
  for (const key of keys) here = isJson(here) ? here[key] : undefined
  if (!isJson(here) || !(last in here)) return copy
  const old = here[last]
  delete here[last]
  if (how === 'rename') here[`${last}_v2`] = old
  if (how === 'deepen') here[last] = { data: old }
  if (how === 'replace') here[last] = value
  return copy
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const how = fc.constantFrom('drop', 'rename', 'deepen', 'replace')

describe.each(FORMATS)('$name', ({ parse, url, count, text }) => {
  const whole = text((advert) => advert)

  test('as it should be, it is whole', () => {
    expect(parse(page(whole, url))).toMatchObject({ verdict: 'ok', rejected: [] })
    check(parse(page(whole, url)), count)
  })

  test('a key that is dropped, renamed, deepened or replaced closes nothing and makes nothing free', () => {
    const mutation = fc.record({
      path: fc.constantFrom(...keyPaths),
      how,
      value: junk,
      from: fc.nat(count),
      every: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(mutation, ({ path, how, value, from, every }) => {
        // `free`, `gone` and the like are only ever a page's own word, which none of these values is.
        let n = 0
        const mutated = text((advert) => (n++ >= from && n % every === 0 ? mutateAt(advert, path, how, value) : advert))
        check(parse(page(mutated, url)), count)
      }),
      { numRuns: 600 },
    )
  })

  test('cut short anywhere, it is never a page of half its adverts', () => {
    const bytes = Buffer.from(whole)
    fc.assert(
      fc.property(fc.nat(bytes.length), (length) => {
        const cut = parse(page(bytes.subarray(0, length), url))
        check(cut, count)
        if (cut.verdict === 'ok') expect(cut.items).toHaveLength(count)
      }),
      { numRuns: 300 },
    )
  })

  test('with bytes changed at random, it never breaks the reader', () => {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 })
    fc.assert(
      fc.property(changes, (bytes) => {
        const broken = Buffer.from(whole)
        for (const [at, byte] of bytes) broken[at % broken.length] = byte
        const parsed = parse(page(broken, url))
        for (const { price } of parsed.items) expect(price.amount).not.toBe(0n)
        expect(parsed.verdict).not.toBe('gone')
      }),
      { numRuns: 400 },
    )
  })

  test.each(['latin1', 'utf16le'] as const)('in the wrong encoding (%s) it never breaks the reader', (encoding) => {
    check(parse(page(Buffer.from(whole, encoding), url)), count)
  })

  test('any bytes at all give a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(parse(page(bytes, url)).items).toEqual([])
      }),
    )
  })
})

describe('a hostile page', () => {
  test('deep nesting, endless brackets and blanks are read in the blink of an eye, and hold no adverts', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const pages = [
      `window.__PRERENDERED_STATE__="{\\"listing\\":{\\"listing\\":{\\"ads\\":${deep}}}}";`,
      `window.__PRERENDERED_STATE__="{\\"listing\\":{\\"listing\\":${'{\\"a\\":'.repeat(100_000)}`,
      `<div ${'data-testid="x" '.repeat(50_000)}`,
      '<a'.repeat(200_000),
      `${'<title'.repeat(20_000)} ad-inactive-msg`,
    ]
    for (const text of pages) expect(olx.parse(page(text)).items).toEqual([])
  })

  test('a description of brackets or blanks alone costs no more than its length', () => {
    const hostile = ['<a'.repeat(100_000), ' '.repeat(200_000), '&#'.repeat(100_000), `${'\n '.repeat(100_000)}x`]
    const ads = hostile.map((description, n) => olxAd(n + 1, { description }))
    expect(olx.parse(page(statePage({ listing: { listing: { ads } } }))).items).toHaveLength(4)
  })
})
