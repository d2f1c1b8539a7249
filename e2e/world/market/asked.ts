import type { City, Region, Site, Wish } from './advert.ts'
import { makeBy, modelBy } from './cars.ts'
import { categoryById } from './goods.ts'
import { CITIES, cityBy, REGIONS, regionBy } from './places.ts'
import { fold } from './text.ts'

/** What an address of a result page asks for. */
export type Asked = {
  readonly site: Site
  readonly category: readonly string[]
  readonly city: City | null
  readonly region: Region | null
  readonly districtId: number | null
  readonly distance: number
  readonly words: readonly string[]
  readonly from: number | null
  readonly to: number | null
  readonly business: boolean | null
  readonly withPhotos: boolean
  /** Other filters: a parameter's key and the accepted values. */
  readonly filters: ReadonlyMap<string, readonly string[]>
  readonly make: string | null
  readonly model: string | null
  readonly yearFrom: number | null
  readonly order: string
  /** From 1. */
  readonly page: number
  /** Segments that the site does not know and silently drops (Otomoto). */
  readonly dropped: readonly string[]
}

const NOTHING: Asked = {
  site: 'olx',
  category: [],
  city: null,
  region: null,
  districtId: null,
  distance: 0,
  words: [],
  from: null,
  to: null,
  business: null,
  withPhotos: false,
  filters: new Map(),
  make: null,
  model: null,
  yearFrom: null,
  order: '',
  page: 1,
  dropped: [],
}

export function askedOf(site: Site, url: URL): Asked {
  return site === 'olx' ? askedOfOlx(url) : askedOfOtomoto(url)
}

function segmentsOf(url: URL): readonly string[] {
  return url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
}

function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(/[\s-]+/)
    .filter(Boolean)
}

function numberOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) ? value : null
}

function askedOfOlx(url: URL): Asked {
  const segments = segmentsOf(url).filter((segment) => segment !== 'd' && segment !== 'oferty')
  const query = segments.find((segment) => segment.startsWith('q-'))
  const plain = segments.filter((segment) => !segment.startsWith('q-'))
  return {
    ...NOTHING,
    ...filtersOf(url.searchParams, (key) => `search[${key}]`),
    category: plain.filter((segment) => cityBy(segment) === null && regionBy(segment) === null),
    city: firstOf(plain, cityBy),
    region: firstOf(plain, regionBy),
    words: wordsOf(query?.slice(2) ?? url.searchParams.get('q') ?? ''),
    page: Math.max(1, numberOf(url.searchParams.get('page')) ?? 1),
  }
}

function firstOf<T>(segments: readonly string[], find: (segment: string) => T | null): T | null {
  for (const segment of segments) {
    const found = find(segment)
    if (found !== null) return found
  }
  return null
}

/** `filter_float_price:from`, `filter_enum_state[0]`, `private_business`: alike in pages and API but for the wrapping. */
function filtersOf(params: URLSearchParams, named: (key: string) => string) {
  const get = (key: string) => params.get(named(key))
  const business = get('private_business')
  return {
    from: numberOf(get('filter_float_price:from')),
    to: numberOf(get('filter_float_price:to')),
    order: get('order') ?? '',
    distance: numberOf(get('dist')) ?? 0,
    districtId: numberOf(get('district_id')),
    withPhotos: get('photos') === '1',
    business: business === null ? null : business === 'business',
    filters: enumsOf(params),
  }
}

function enumsOf(params: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [key, value] of params) {
    const name = /filter_enum_([a-z0-9_]+)/.exec(key)?.[1]
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), value])
  }
  return found
}

/** The JSON API asks by number: `category_id`, `city_id`, `region_id`, `sort_by`, `offset`, `limit`. */
export function askedOfApi(url: URL): Asked {
  const get = (key: string) => url.searchParams.get(key)
  return {
    ...NOTHING,
    ...filtersOf(url.searchParams, (key) => key),
    category: categoryById(numberOf(get('category_id')) ?? 0)?.path ?? [],
    city: CITIES.find((city) => city.id === numberOf(get('city_id'))) ?? null,
    region: REGIONS.find((region) => region.id === numberOf(get('region_id'))) ?? null,
    distance: numberOf(get('distance')) ?? 0,
    words: wordsOf(get('query') ?? ''),
    order: get('sort_by') ?? '',
  }
}

function askedOfOtomoto(url: URL): Asked {
  const [category = 'osobowe', ...rest] = segmentsOf(url)
  const filters = filtersOf(url.searchParams, (key) => `search[${key}]`)
  const make = firstOf(rest, makeBy)
  const model = make === null ? null : firstOf(rest, (segment) => modelBy(make, segment))
  const city = firstOf(rest, cityBy)
  const region = firstOf(rest, regionBy)
  const year = rest.find((segment) => /^od-\d{4}$/.test(segment))
  const known = [make?.slug, model?.slug, city?.slug, region?.slug, year]
  return {
    ...NOTHING,
    ...filters,
    site: 'otomoto',
    category: [category],
    city,
    region,
    make: make?.slug ?? filters.filters.get('make')?.[0] ?? null,
    model: model?.slug ?? filters.filters.get('model')?.[0] ?? null,
    yearFrom: year === undefined ? null : Number(year.slice(3)),
    words: wordsOf(url.searchParams.get('q') ?? ''),
    page: Math.max(1, numberOf(url.searchParams.get('page')) ?? 1),
    dropped: rest.filter((segment) => !known.includes(segment)),
  }
}

/** An advert that this search would show. */
export function wishOf(asked: Asked): Wish {
  const words = asked.words.map((word, n) => (n === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join(' ')
  const params = [...asked.filters].map(([key, values]) => filterParam(key, values[0] ?? ''))
  const price = priceBetween(asked.from, asked.to)
  return {
    site: asked.site,
    ...(asked.site === 'olx' && asked.category.length > 0 ? { category: asked.category.join('/') } : {}),
    ...(cityIn(asked) === undefined ? {} : { city: cityIn(asked) }),
    ...(words === '' ? {} : { words }),
    ...(price === null ? {} : { price }),
    ...(asked.business === null ? {} : { business: asked.business }),
    ...(params.length === 0 ? {} : { params }),
    ...(asked.make === null ? {} : { make: asked.make }),
    ...(asked.model === null ? {} : { model: asked.model }),
  }
}

function filterParam(key: string, value: string) {
  return { key, name: key, value, normalized: value }
}

function cityIn(asked: Asked): string | undefined {
  return asked.city?.slug ?? CITIES.find((city) => city.region === asked.region)?.slug
}

function priceBetween(from: number | null, to: number | null): number | null {
  if (from === null && to === null) return null
  return Math.round(((from ?? (to ?? 0) / 2) + (to ?? (from ?? 0) * 1.2)) / 2)
}
