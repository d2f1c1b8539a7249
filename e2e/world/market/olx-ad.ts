import { uuidOf } from '../random.ts'
import type { Advert } from './advert.ts'
import { base62, slug, spaced, warsawTime } from './text.ts'

/** One advert in the two shapes of OLX: the page's state (2026) and the JSON API. */

export type SearchReason = 'promoted' | 'organic'

export function offerPath(advert: Advert): string {
  return `/d/oferta/${slug(advert.title)}-CID${advert.category.id}-ID${base62(advert.id)}.html`
}

export function offerUrl(advert: Advert): string {
  return `https://www.olx.pl${offerPath(advert)}`
}

export function displayPrice(advert: Advert): string {
  if (advert.price.amount === null) return advert.price.kind === 'free' ? 'Za darmo' : 'Zamienię'
  return `${spaced(advert.price.amount)} zł`
}

const DAYS_30 = 30 * 86_400_000

/** The object of `listing.listing.ads[]` and of `ad.ad`: equal but for the keys that only a result page has. */
export function stateAd(advert: Advert, reason: SearchReason | null): Record<string, unknown> {
  const { category, city, district, seller } = advert
  return {
    id: Number(advert.id),
    title: advert.title,
    description: advert.description,
    category: {
      id: category.id,
      type: category.drawing === 'car' ? 'automotive' : 'goods',
      _nodeId: Buffer.from(`category:${category.id}`).toString('base64'),
    },
    map: { lat: advert.lat, lon: advert.lon, radius: 3, show_detailed: false, zoom: 12 },
    isBusiness: seller.business,
    url: offerUrl(advert),
    isHighlighted: advert.promoted,
    isPromoted: advert.promoted,
    promotion: {
      highlighted: advert.promoted,
      top_ad: advert.promoted,
      options: advert.promoted ? ['bundle_basic'] : [],
      premium_ad_page: false,
      urgent: false,
      b2c_ad_page: false,
    },
    externalUrl: null,
    delivery: { rock: { active: false, mode: 'NotEligible', offer_id: null } },
    ...(reason === null ? {} : { protectPhone: false }),
    createdTime: warsawTime(advert.createdAt),
    lastRefreshTime: warsawTime(advert.refreshedAt),
    pushupTime: advert.pushedUpAt === null ? null : warsawTime(advert.pushedUpAt),
    validToTime: warsawTime(new Date(advert.refreshedAt.getTime() + DAYS_30)),
    isActive: advert.state === 'active',
    status: 'active',
    params: advert.params.map((param) => ({
      key: param.key,
      name: param.name,
      type: 'select',
      value: param.value,
      normalizedValue: param.normalized,
    })),
    itemCondition: '',
    price: statePrice(advert),
    salary: null,
    partner: { code: '' },
    isJob: false,
    photos: advert.photos,
    photosSet: advert.photos.map((url) => `${url}?s=389 1x,${url}?s=516 2x,${url}?s=1000 3x`),
    location: {
      cityName: city.name,
      cityId: city.id,
      cityNormalizedName: city.slug,
      regionName: city.region.name,
      regionId: city.region.id,
      regionNormalizedName: city.region.slug,
      districtName: district?.name ?? null,
      districtId: district?.id ?? null,
      pathName: [city.region.name, city.name, district?.name].filter(Boolean).join(', '),
    },
    urlPath: offerPath(advert),
    contact: { chat: true, courier: false, name: seller.name, negotiation: advert.price.negotiable, phone: true },
    user: stateUser(advert, reason !== null),
    shop: { subdomain: seller.business ? slug(seller.name) : null },
    safedeal: { allowed_quantity: [], weight_grams: 0 },
    ...(reason === null ? {} : { searchReason: reason }),
    isGpsrAvailable: false,
    ...(reason === null ? {} : { payAndShip: null, isNewFavouriteAd: false }),
  }
}

function statePrice(advert: Advert): Record<string, unknown> {
  const { price } = advert
  return {
    budget: false,
    free: price.kind === 'free',
    exchange: price.kind === 'exchange',
    displayValue: displayPrice(advert),
    regularPrice:
      price.amount === null
        ? null
        : {
            value: price.amount,
            currencyCode: 'PLN',
            currencySymbol: 'zł',
            negotiable: price.negotiable,
            priceFormatConfig: { decimalSeparator: ',', thousandsSeparator: ' ' },
          },
  }
}

function stateUser(advert: Advert, listed: boolean): Record<string, unknown> {
  const { seller } = advert
  return {
    id: seller.id,
    name: seller.name,
    photo: null,
    logo: null,
    otherAdsEnabled: true,
    socialNetworkAccountType: null,
    isOnline: false,
    lastSeen: warsawTime(advert.refreshedAt),
    about: '',
    bannerDesktopURL: '',
    logo_ad_page: null,
    company_name: seller.business ? seller.name : '',
    created: warsawTime(seller.since),
    sellerType: seller.business ? 'business' : null,
    uuid: seller.uuid,
    ...(listed ? { verification: { status: 'none' } } : {}),
  }
}

/** An object of `data[]` in `/api/v1/offers`. The price is one of its parameters, the photos hold a size to fill in. */
export function apiAd(advert: Advert): Record<string, unknown> {
  const { city, district, seller } = advert
  return {
    id: Number(advert.id),
    url: offerUrl(advert),
    title: advert.title,
    last_refresh_time: warsawTime(advert.refreshedAt),
    created_time: warsawTime(advert.createdAt),
    valid_to_time: warsawTime(new Date(advert.refreshedAt.getTime() + DAYS_30)),
    pushup_time: advert.pushedUpAt === null ? null : warsawTime(advert.pushedUpAt),
    description: advert.description,
    promotion: {
      highlighted: advert.promoted,
      urgent: false,
      top_ad: advert.promoted,
      options: advert.promoted ? ['bundle_basic'] : [],
      b2c_ad_page: false,
      premium_ad_page: false,
    },
    params: [apiPrice(advert), ...advert.params.map(apiParam)],
    key_params: [],
    business: seller.business,
    user: {
      id: seller.id,
      created: warsawTime(seller.since),
      other_ads_enabled: true,
      name: seller.name,
      logo: null,
      company_name: seller.business ? seller.name : '',
      is_online: false,
      last_seen: warsawTime(advert.refreshedAt),
      seller_type: seller.business ? 'business' : null,
      uuid: seller.uuid,
    },
    status: 'active',
    contact: { name: seller.name, phone: true, chat: true, negotiation: advert.price.negotiable, courier: false },
    map: { zoom: 12, lat: advert.lat, lon: advert.lon, radius: 3, show_detailed: false },
    location: {
      city: { id: city.id, name: city.name, normalized_name: city.slug },
      ...(district === null ? {} : { district: { id: district.id, name: district.name } }),
      region: { id: city.region.id, name: city.region.name, normalized_name: city.region.slug },
    },
    photos: advert.photos.map((url, n) => ({
      id: Number(advert.id) * 10 + n,
      filename: uuidOf(url).slice(0, 13),
      rotation: 0,
      width: 320,
      height: 240,
      link: `${url}?s={width}x{height}`,
    })),
    partner: null,
    category: { id: advert.category.id, type: advert.category.drawing === 'car' ? 'automotive' : 'goods' },
    delivery: { rock: { offer_id: null, active: false, mode: 'NotEligible' } },
    safedeal: { weight: 0, weight_grams: 0, status: 'unactive', safedeal_blocked: false, allowed_quantity: [] },
    shop: { subdomain: seller.business ? slug(seller.name) : null },
    isGpsrAvailable: false,
    offer_type: 'offer',
    protect_phone: false,
  }
}

function apiParam(param: Advert['params'][number]): Record<string, unknown> {
  return { key: param.key, name: param.name, type: 'select', value: { key: param.normalized, label: param.value } }
}

function apiPrice(advert: Advert): Record<string, unknown> {
  const { price, previous } = advert
  return {
    key: 'price',
    name: 'Cena',
    type: 'price',
    value: {
      value: price.amount,
      type: price.kind === 'fixed' ? 'price' : price.kind,
      arranged: price.kind === 'arranged',
      budget: false,
      currency: 'PLN',
      negotiable: price.negotiable,
      converted_value: null,
      previous_value: previous,
      converted_previous_value: null,
      converted_currency: null,
      label: displayPrice(advert),
      previous_label: previous === null ? null : `${spaced(previous)} zł`,
    },
  }
}
