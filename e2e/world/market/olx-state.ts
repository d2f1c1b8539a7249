import { hexOf } from '../random.ts'
import type { Advert } from './advert.ts'
import { categoryAt, GOODS, ROOT_CATEGORIES } from './goods.ts'
import { stateAd } from './olx-ad.ts'
import { type Shown, spoil } from './shown.ts'

/** The 2026 state of OLX pages: what stands in `window.__PRERENDERED_STATE__`. */

export const CAPPED_AT = 1000

export type StateSetting = {
  /** Weight of the tree of categories that every page carries. */
  readonly kilobytes: number
  readonly spoiled: boolean
}

export function listingState(shown: Shown, path: string, setting: StateSetting): Record<string, unknown> {
  const { asked, slots } = shown
  const category = categoryAt(asked.category)
  const total = Math.min(CAPPED_AT, shown.found)
  const promoted = slots.flatMap((slot, n) => (slot.promoted ? [n] : []))
  const organic = slots.flatMap((slot, n) => (slot.promoted ? [] : [n]))
  const city = asked.city
  const ads = slots.map((slot) => stateAd(slot.advert, slot.promoted ? 'promoted' : 'organic'))
  return {
    listing: {
      listing: {
        pageNumber: asked.page - 1,
        totalElements: total,
        visibleElements: shown.found,
        totalPages: Math.min(25, Math.ceil(shown.organic / shown.limit)),
        ads: setting.spoiled ? spoil(ads) : ads,
        metaData: {
          searchId: hexOf(`search/${path}`, 32).toUpperCase(),
          search_request_id: `${hexOf(`request/${path}`, 24)}==`,
          searchSuggestion: null,
          favSearchNewAds: [],
          location: city === null ? null : { city: city.name, cityId: city.id, lat: city.lat, lon: city.lon },
          facets: { district: [], category_without_exclusions: [] },
          searchReason: { promoted, organic },
          subSections: [],
          suggestedFilters: [],
        },
        links: linksOf(shown),
        params: apiParams(shown),
        requestParams: {
          page: asked.page - 1,
          categoryPath: [...asked.category, city?.slug ?? asked.region?.slug].filter(Boolean).join('/'),
          query: asked.words.join(' '),
          params: {},
        },
        observedId: null,
        categoryId: category?.id ?? null,
        viewType: 'list',
        expansionListing: null,
      },
      friendlyLinks: { data: apiParams(shown), metadata: { seo: { title: '' }, names: { location: {} } } },
      similarSearches: [],
      seo: { title: `${category?.names.at(-1) ?? 'Ogłoszenia'} ${city?.name ?? ''}`.trim(), description: '', h1: '' },
      breadcrumbs: [{ label: 'Strona główna', href: '/' }, ...crumbs(category?.path ?? [], category?.names ?? [])],
      locationNames: city === null ? null : { city: { id: city.id, name: city.name, normalized_name: city.slug } },
      filters: {
        data: {},
        metadata: { currencies: [{ code: 'PLN', symbol: 'zł', is_default: true, prioritized_categories: [] }] },
      },
      filteredCounts: {},
      stats: null,
      popularCities: [],
      companyProfileCarouselSSRData: null,
      userAgent: '',
      hasLaquesisExperiments: false,
    },
    categories: { list: categoryList(setting.kilobytes), counts: {}, promos: {} },
  }
}

export function offerState(advert: Advert, setting: StateSetting): Record<string, unknown> {
  const { path, names } = advert.category
  return {
    ad: {
      ad: stateAd(advert, null),
      fragments: {},
      popularSearches: [],
      cities: [],
      districts: [],
      breadcrumbs: [{ label: 'Strona główna', href: '/' }, ...crumbs(path, names)],
      userAgent: '',
    },
    categories: { list: categoryList(setting.kilobytes), counts: {}, promos: {} },
  }
}

function crumbs(path: readonly string[], names: readonly string[]) {
  return path.map((_, n) => ({
    label: names[n] ?? '',
    href: `/${path.slice(0, n + 1).join('/')}/`,
    categoryId: categoryAt(path.slice(0, n + 1))?.id,
  }))
}

function apiParams({ asked, offset, limit }: Shown): Record<string, unknown> {
  return {
    offset,
    limit,
    ...(asked.words.length === 0 ? {} : { query: asked.words.join(' ') }),
    ...(asked.category.length === 0 ? {} : { category_id: categoryAt(asked.category)?.id }),
    ...(asked.region === null ? {} : { region_id: asked.region.id }),
    ...(asked.city === null ? {} : { city_id: asked.city.id, region_id: asked.city.region.id }),
    ...(asked.districtId === null ? {} : { district_id: asked.districtId }),
    ...(asked.distance === 0 ? {} : { distance: asked.distance }),
    ...(asked.from === null ? {} : { 'filter_float_price:from': asked.from }),
    ...(asked.to === null ? {} : { 'filter_float_price:to': asked.to }),
    ...(asked.business === null ? {} : { private_business: asked.business ? 'business' : 'private' }),
    ...(asked.order === '' ? {} : { sort_by: asked.order }),
    ...Object.fromEntries(
      [...asked.filters].flatMap(([key, values]) => values.map((value, n) => [`filter_enum_${key}[${n}]`, value])),
    ),
  }
}

/** API addresses of this page and its neighbours; `next` only where there is one. */
export function linksOf(shown: Shown): Record<string, string> {
  const at = (offset: number) => {
    const params = Object.entries({ ...apiParams(shown), offset, limit: shown.limit })
    return `https://www.olx.pl/api/v1/offers?${new URLSearchParams(params.map(([key, value]) => [key, String(value)]))}`
  }
  const links: Record<string, string> = { first: at(0), self: at(shown.offset) }
  if (shown.more) links.next = at(shown.offset + shown.limit)
  return links
}

const lists = new Map<number, Record<string, unknown>>()

/** The site sends its whole tree of categories with every page, a megabyte of it; here as much as is asked for. */
function categoryList(kilobytes: number): Record<string, unknown> {
  const known = lists.get(kilobytes)
  if (known !== undefined) return known
  const list: Record<string, unknown> = {}
  for (const [id, label, name] of ROOT_CATEGORIES) list[id] = categoryEntry(id, label, name, 0)
  for (const { category } of GOODS) {
    list[category.id] = categoryEntry(category.id, category.path.at(-1) ?? '', category.names.at(-1) ?? '', 767)
  }
  const each = JSON.stringify(categoryEntry(5000, 'kategoria-5000', 'Kategoria 5000', 767)).length * 1.4
  for (let id = 5000; (id - 5000) * each < kilobytes * 1024; id++) {
    list[id] = categoryEntry(id, `kategoria-${id}`, `Kategoria ${id}`, 767)
  }
  lists.set(kilobytes, list)
  return list
}

function categoryEntry(id: number, label: string, name: string, parentId: number): Record<string, unknown> {
  return {
    id,
    label,
    parentId,
    name,
    normalizedName: label,
    position: id % 50,
    viewType: 'list',
    iconName: '',
    level: parentId === 0 ? 1 : 2,
    displayOrder: id % 50,
    children: [],
    path: label,
    type: 'goods',
    isAdding: true,
    isSearch: false,
    isOfferSeek: false,
    privateBusiness: true,
    photosMax: 8,
    img: '',
  }
}
