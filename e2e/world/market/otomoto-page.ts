import { hash } from '../random.ts'
import type { Advert, Car } from './advert.ts'
import { OTOMOTO_PAGE, type Shown, spoil } from './shown.ts'
import { base62, escapeHtml, slug, spaced } from './text.ts'

/** Otomoto pages of 2026: everything in `__NEXT_DATA__`, result pages with the search as a JSON string inside `urqlState`. */

function carPath(advert: Advert): string {
  return `/osobowe/oferta/${slug(advert.title)}-ID${base62(advert.id)}.html`
}

export function carUrl(advert: Advert): string {
  return `https://www.otomoto.pl${carPath(advert)}`
}

function isoSeconds(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z')
}

function html(title: string, body: string, props: unknown, page: string): string {
  const data = JSON.stringify({ props, page, query: {}, buildId: 'world', isFallback: false, locale: 'pl' })
  const safe = data.replaceAll('<', '\\u003c')
  return `<!DOCTYPE html><html lang="pl" dir="ltr"><head><meta charSet="utf-8" data-next-head=""/><title data-next-head="">${escapeHtml(title)}</title>
<style>body{font:15px/1.4 sans-serif;max-width:960px;margin:0 auto;padding:16px}article{display:flex;gap:16px;margin:8px 0}img{width:160px}</style></head>
<body><div id="__next">${body}</div><script id="__NEXT_DATA__" type="application/json" nonce="world">${safe}</script></body></html>`
}

export function otomotoResultPage(shown: Shown, path: string, spoiled: boolean): string {
  const filters = { __typename: 'Query', sortOptions: { __typename: 'ScreenComponentsOutput', states: [] } }
  const props = {
    pageProps: {
      currentUrl: `https://www.otomoto.pl${path}`,
      referrerUrl: '',
      experiments: {},
      urqlState: {
        [`-${hash(`filters${path}`)}`]: { hasNext: false, data: JSON.stringify(filters) },
        [String(hash(`search${path}`))]: {
          hasNext: false,
          data: JSON.stringify({ advertSearch: advertSearch(shown, spoiled) }),
        },
      },
      urqlClient: null,
    },
    session: null,
    __lang: 'pl',
  }
  const body = shown.slots.map((slot) => article(slot.advert)).join('\n')
  return html(
    'Samochody osobowe | otomoto.pl',
    `<main><h1>Osobowe</h1>${body}</main>`,
    props,
    '/osobowe/[[...listing]]',
  )
}

function article(advert: Advert): string {
  const title = escapeHtml(advert.title)
  return `<article data-id="${advert.id}" data-orientation="horizontal"><img src="${advert.photos[0] ?? ''}" alt="${title}">
<section><h2><a href="${carUrl(advert)}">${title}</a></h2><h3>${spaced(advert.price.amount ?? 0)} PLN</h3><p>${advert.city.name}</p></section></article>`
}

const SORTS: readonly (readonly [string, string])[] = [
  ['created_at:desc', 'Wyróżnione'],
  ['created_at_first:desc', 'Najnowsze'],
  ['filter_float_price:asc', 'Cena: od najniższej'],
  ['filter_float_price:desc', 'Cena: od najwyższej'],
]

function advertSearch(shown: Shown, spoiled: boolean): Record<string, unknown> {
  const { asked, slots } = shown
  const edges = slots.map((slot) => edge(slot.advert))
  const nodes = spoil(edges.map((one) => one.node))
  const order = asked.order === '' ? 'relevance_web' : asked.order
  return {
    __typename: 'AdvertSearchOutput',
    sortedBy: order,
    locationCriteriaChanged: false,
    subscriptionKey: null,
    totalCount: shown.found,
    latestAdId: slots[0]?.advert.id ?? null,
    pageInfo: { __typename: 'Pager', pageSize: OTOMOTO_PAGE, currentOffset: shown.offset },
    appliedLocation: null,
    appliedFilters: appliedFilters(shown),
    sortOptions: SORTS.map(([searchKey, label]) => ({ __typename: 'SortOption', searchKey, label })),
    facets: [],
    url: answeredUrl(shown, order),
    breadcrumbs: [{ __typename: 'Breadcrumb', label: 'Strona główna', url: 'https://www.otomoto.pl' }],
    alternativeLinks: [],
    edges: spoiled ? edges.map((one, n) => ({ ...one, node: nodes[n] })) : edges,
  }
}

function appliedFilters({ asked }: Shown) {
  const applied = (name: string, value: string | null, canonical = value) =>
    value === null ? [] : [{ __typename: 'AdvertSearchFilterAppliedValue', name, value, canonical }]
  return [
    ...applied('category_id', '29', 'osobowe'),
    ...applied('filter_enum_make', asked.make),
    ...applied('filter_enum_model', asked.model),
    ...applied('filter_float_price:from', asked.from === null ? null : String(asked.from), ''),
    ...applied('filter_float_price:to', asked.to === null ? null : String(asked.to), ''),
  ]
}

/** What was answered: without the segments that the site does not know. That is the only sign that it dropped them. */
function answeredUrl({ asked }: Shown, order: string): string {
  const place = asked.city?.slug ?? asked.region?.slug
  const year = asked.yearFrom === null ? null : `od-${asked.yearFrom}`
  const path = ['osobowe', asked.make, asked.model, year, place].filter(Boolean).join('/')
  const params = new URLSearchParams({ 'search[order]': order })
  if (asked.from !== null) params.set('search[filter_float_price:from]', String(asked.from))
  if (asked.to !== null) params.set('search[filter_float_price:to]', String(asked.to))
  return `https://www.otomoto.pl/${path}?${params}`
}

function edge(advert: Advert) {
  const { seller } = advert
  const bumped = advert.pushedUpAt === null ? null : isoSeconds(advert.pushedUpAt)
  const services = [
    ...(advert.promoted
      ? [
          {
            __typename: 'AdValueAddedService',
            name: 'topads',
            validity: isoSeconds(advert.refreshedAt),
            appliedAt: null,
          },
        ]
      : []),
    ...(bumped === null
      ? []
      : [{ __typename: 'AdValueAddedService', name: 'bump_up', validity: null, appliedAt: bumped }]),
  ]
  return {
    __typename: 'AdvertEdge',
    vas: {
      __typename: 'AdvertListingVAS',
      isHighlighted: advert.promoted,
      isPromoted: advert.promoted,
      bumpDate: bumped,
    },
    node: {
      __typename: 'Advert',
      id: advert.id,
      title: advert.title,
      createdAt: isoSeconds(advert.createdAt),
      shortDescription: advert.description.split('<br />')[0] ?? '',
      url: carUrl(advert),
      badges: [],
      isPremiumTopAd: null,
      sellerUUID: seller.uuid,
      brandProgram: null,
      dealer4thPackage: null,
      category: { __typename: 'Category', id: '29' },
      thumbnail: thumbnail(advert),
      sellerLink: {
        __typename: 'AdvertSellerLink',
        id: String(seller.id),
        name: seller.business ? seller.name : null,
        websiteUrl: seller.business ? `https://${slug(seller.name)}.otomoto.pl` : null,
        logo: null,
        isCreditIntermediary: null,
      },
      parameters: advert.car === null ? [] : parametersOf(advert.car),
      location: {
        __typename: 'Location',
        city: { __typename: 'AdministrativeLevel', name: advert.city.name },
        region: { __typename: 'AdministrativeLevel', name: advert.city.region.name },
      },
      price: {
        __typename: 'Price',
        badges: seller.business ? ['INCLUDE_VAT'] : [],
        grossPrice: null,
        netPrice: null,
        amount: {
          __typename: 'Money',
          units: advert.price.amount ?? 0,
          nanos: 0,
          value: String(advert.price.amount ?? 0),
          currencyCode: 'PLN',
        },
      },
      valueAddedServices: services,
      cepikVerified: false,
      priceEvaluation: { __typename: 'PriceEvaluation', indicator: 'NONE' },
    },
  }
}

function thumbnail(advert: Advert): Record<string, unknown> | null {
  const photo = advert.photos[0]
  return photo === undefined ? null : { __typename: 'Image', x1: photo, x2: `${photo}?s=640x480` }
}

/** In 2026 the label only repeats the key. */
function parametersOf(car: Car): readonly Record<string, unknown>[] {
  const rows: readonly (readonly [string, string, string])[] = [
    ['make', car.make.name, car.make.slug],
    ['fuel_type', car.fuel.name, car.fuel.slug],
    ['gearbox', car.gearbox.name, car.gearbox.slug],
    ['country_origin', 'Polska', 'pl'],
    ['mileage', `${car.mileage} km`, String(car.mileage)],
    ['engine_capacity', `${car.capacity} cm3`, String(car.capacity)],
    ['engine_power', `${car.power} KM`, String(car.power)],
    ['model', car.model.name, car.model.slug],
    ['year', String(car.year), String(car.year)],
  ]
  return rows.map(([key, displayValue, value]) => ({
    __typename: 'AdvertParameter',
    key,
    displayValue,
    label: key,
    value,
  }))
}

export function otomotoOfferPage(advert: Advert): string {
  const place = `${advert.city.name}, ${advert.city.region.name}`
  const details = advert.car === null ? [] : parametersOf(advert.car)
  const schema = {
    id: advert.id,
    title: advert.title,
    url: carUrl(advert),
    createdAt: isoSeconds(advert.createdAt),
    price: { value: String(advert.price.amount ?? 0), currency: 'PLN' },
    description: advert.description,
    seller: {
      id: String(advert.seller.id),
      name: advert.seller.name,
      type: advert.seller.business ? 'PROFESSIONAL' : 'PRIVATE',
      location: { address: place },
      featuresBadges: [],
    },
    details: details.map((row) => ({ key: row.key, label: row.key, value: row.displayValue })),
    equipment: [],
    images: { photos: advert.photos.map((url) => ({ url })) },
  }
  const body = `<main>${article(advert)}<div>${advert.description}</div></main>`
  return html(`${advert.title} | otomoto.pl`, body, { pageProps: { advert: schema } }, '/osobowe/oferta/[slug]')
}

export function otomotoNotFound(): string {
  return html('Nie znaleziono | otomoto.pl', '<h1>404</h1>', { pageProps: {} }, '/404')
}
