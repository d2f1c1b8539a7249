import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as extract from './fixtures/extract-marketplaces'
import { sourceById } from './registry'
import type { PageKind, ParsedPage, Verdict } from './source'
import { toContract } from './write-contract'

/** As `contract.test.ts`, for the marketplaces of other countries, any page and feeds. */

const DEFAULT = fileURLToPath(new URL('../../../../shared/captures', import.meta.url))
const given = process.env.GLEANER_CAPTURES
const FOLDER = resolve(given && given !== 'required' ? given : DEFAULT)

type Known = {
  readonly url: string
  readonly page: readonly [PageKind, Verdict, variant: string, items: number, total: number | null]
  readonly rows: (text: string) => readonly extract.Row[]
}

const KA = 'https://www.kleinanzeigen.de'
const MP = 'https://www.marktplaats.nl'

const KNOWN: Readonly<Record<string, Known & { readonly source: string }>> = {
  'kleinanzeigen.de/2022-04_search_atari_p3.html': {
    ...{ source: 'kleinanzeigen', url: `${KA}/s-seite:3/atari/k0`, rows: extract.kleinanzeigenCards },
    page: ['result', 'ok', 'cards-2022', 25, 2538],
  },
  'kleinanzeigen.de/2022-06_offer.html': {
    ...{ source: 'kleinanzeigen', url: `${KA}/s-anzeige/x/2115482518-199-3328`, rows: extract.kleinanzeigenOffer },
    page: ['offer', 'ok', 'page-2022', 1, null],
  },
  'kleinanzeigen.de/2026-07_offer_flat.html': {
    ...{ source: 'kleinanzeigen', url: `${KA}/s-anzeige/x/3323958001-203-2100`, rows: extract.kleinanzeigenOffer },
    page: ['offer', 'ok', 'page-2022', 1, null],
  },
  'kleinanzeigen.de/2026-07_search_flats.html': {
    ...{ source: 'kleinanzeigen', url: `${KA}/s-wohnung/k0c195l2068r5`, rows: extract.kleinanzeigenCards },
    page: ['result', 'ok', 'cards-2022', 27, 1261],
  },
  'marktplaats.nl/2025-08_search.html': {
    ...{ source: 'marktplaats', url: `${MP}/l/auto-s/`, rows: extract.marktplaatsPage },
    page: ['result', 'ok', 'next-2025', 32, 307156],
  },
  'marktplaats.nl/2026_query_response.json': {
    ...{ source: 'marktplaats', url: `${MP}/lrp/api/search?query=fiets`, rows: extract.marktplaatsAnswer },
    page: ['api', 'ok', 'api-lrp', 1, 100],
  },
  'marktplaats.nl/2026_offer_jsonld.html': {
    ...{ source: 'marktplaats', url: `${MP}/v/computers/tablets/m2270379894-x`, rows: extract.productBlock },
    page: ['offer', 'ok', 'schema-org', 1, null],
  },
  'marktplaats.nl/2026_offer_raw-details.html': {
    ...{ source: 'marktplaats', url: `${MP}/v/fietsen/manden/m2409216529-x`, rows: extract.marktplaatsConfig },
    page: ['offer', 'ok', 'config-2026', 1, null],
  },
  'sprzedajemy.pl/2025-12_search.html': {
    ...{ source: 'sprzedajemy', url: 'https://sprzedajemy.pl/wszystkie-ogloszenia', rows: extract.sprzedajemyCards },
    page: ['result', 'ok', 'cards-2025', 30, null],
  },
  'vinted/2025_vinted.pl_catalog_api.json': {
    ...{ source: 'vinted', url: 'https://www.vinted.pl/api/v2/catalog/items', rows: extract.vintedItems },
    page: ['api', 'ok', 'api-v2', 96, 960],
  },
  'willhaben.at/2026-01_search_page1.html': {
    ...{ source: 'willhaben', url: 'https://www.willhaben.at/iad/immobilien', rows: extract.willhabenPage },
    page: ['result', 'ok', 'next-2026', 30, 655],
  },
  'willhaben.at/2026-01_search_response.json': {
    ...{ source: 'willhaben', url: 'https://www.willhaben.at/iad/immobilien', rows: extract.willhabenAnswer },
    page: ['api', 'ok', 'api-2026', 3, null],
  },
}

/** Titles, addresses and prices of pages that are read by what they say of themselves. */
const ANY: Readonly<Record<string, Known>> = {
  'rss/slickdeals.atom': {
    ...{ url: 'https://feeds.example/deals', rows: extract.feedItems },
    page: ['feed', 'ok', 'rss-2', 79, null],
  },
  'morizon.pl/2019_offer_urls_page.html': {
    ...{ url: 'https://www.morizon.pl/mieszkania/', rows: extract.morizonOffers },
    page: ['result', 'ok', 'microdata', 3, null],
  },
  'leboncoin.fr/2016-01_offer.html': {
    ...{ url: 'https://www.leboncoin.fr/ventes_immobilieres/1.htm', rows: extract.leboncoinOffer },
    page: ['offer', 'ok', 'microdata', 1, null],
  },
  'leboncoin.fr/2017-04_offer.html': {
    ...{ url: 'https://www.leboncoin.fr/ventes_immobilieres/1.htm', rows: extract.leboncoinOffer },
    page: ['offer', 'ok', 'microdata', 1, null],
  },
}

/** Pages that say nothing of their adverts in a public format, or of adverts without an address. */
const UNREAD: Readonly<Record<string, Verdict>> = {
  'allegrolokalnie.pl/2025-12_404_not-found.html': 'gone',
  'gumtree/2017-07_gumtree.pl_fragment.html': 'changed',
  'gumtree/2017-07_gumtree.pl_search_wroclaw.html': 'changed',
  'immobilienscout24.de/2020_captcha_blocked.html': 'blocked',
  'leboncoin.fr/2015-01_offer.html': 'changed',
  'leboncoin.fr/2015-01_search.html': 'changed',
  'leboncoin.fr/2016-01_search.html': 'changed',
  'leboncoin.fr/2017-04_search.html': 'changed',
  'leboncoin.fr/2017-04_search_p2.html': 'changed',
  'leboncoin.fr/2019-04_search.html': 'changed',
  'other/2021-08_centrumrowerowe.pl_category.html': 'changed',
  'otodom.pl/2019_offer_page1.html': 'changed',
  'otodom.pl/2019_offer_urls_page.html': 'changed',
  'otodom.pl/2021-03_search.html': 'changed',
  'otomoto.pl/2021-08_search_audi-a4_p5.html': 'changed',
}

function parse(source: string, file: string, url: string): ParsedPage {
  const found = sourceById(source)
  if (!found) throw new Error(`no source ${source}`)
  return found.parse({ bytes: readFileSync(join(FOLDER, file)), url, status: 200, headers: {} })
}

function readOff(page: ParsedPage): readonly extract.Row[] {
  return page.items.map(({ externalId, title, price }) => ({
    id: externalId,
    title,
    price: price.amount === null ? price.kind : `${price.amount} ${price.currency}`,
  }))
}

function summary({ kind, verdict, variant, items, total, rejected }: ParsedPage) {
  return { page: [kind, verdict, variant, items.length, total], rejected }
}

const here = (file: string) => existsSync(join(FOLDER, file))

describe('captures', () => {
  for (const [file, { source, url, page, rows }] of Object.entries(KNOWN).filter(([file]) => here(file))) {
    test(`${file} is read whole: ids, titles and prices as a second reader finds them`, () => {
      const parsed = parse(source, file, url)
      expect(summary(parsed)).toEqual({ page, rejected: [] })
      expect(readOff(parsed)).toEqual(rows(readFileSync(join(FOLDER, file), 'utf8')))
      expect(() => JSON.stringify(toContract(parsed))).not.toThrow()
    })

    test(`${file}: each advert's address is recognised as its own`, () => {
      for (const { url: address, externalId } of parse(source, file, url).items) {
        expect(sourceById(source)?.recognise(new URL(address))).toMatchObject({ kind: 'offer', externalId })
      }
    })
  }

  for (const [file, { url, page, rows }] of Object.entries(ANY).filter(([file]) => here(file))) {
    test(`${file} is read by what it says of itself`, () => {
      const parsed = parse('any', file, url)
      expect(summary(parsed)).toEqual({ page, rejected: [] })
      const expected = rows(readFileSync(join(FOLDER, file), 'utf8'))
      const read = readOff(parsed)
      // An any page's id is a hash: what is compared is that ids differ, and all that people see.
      expect(new Set(read.map(({ id }) => id)).size).toBe(read.length)
      expect(read.map(({ title, price }, n) => ({ id: expected[n]?.id ?? '', title, price }))).toEqual(expected)
    })
  }

  for (const [file, verdict] of Object.entries(UNREAD).filter(([file]) => here(file))) {
    test(`${file} is ${verdict} as any page, with no advert`, () => {
      const site = file.split('/')[0] ?? ''
      expect(parse('any', file, `https://www.${site}.example/x`)).toMatchObject({ verdict, items: [] })
    })
  }
})
