import { priceWithout } from '../page/read-amount'
import { asArray, asObject, asText, at, type JsonObject } from '../page/read-json'
import { readPriceText } from '../page/read-price-text'
import type { Attribute, Item, Price, SellerKind } from '../source'

/** "R$ 285.000": reais with a point between the thousands. Only what names reais is a price here. */
export function readReais(ad: JsonObject): Price {
  const text = asText(ad.priceValue) ?? asText(ad.price) ?? ''
  return /^R\$\s*\d/.test(text) ? readPriceText(text, 'BRL') : priceWithout('unknown')
}

export function sellerKind(ad: JsonObject): SellerKind {
  return ad.professionalAd === true ? 'business' : ad.professionalAd === false ? 'private' : 'unknown'
}

/** Kept at the top, or paid to stand out there. */
export function isFeatured(ad: JsonObject): boolean | null {
  if (ad.fixedOnTop === true || ad.isFeatured === true) return true
  return ad.fixedOnTop === false || ad.isFeatured === false ? false : null
}

export function placeOf(location: unknown): Item['place'] {
  const [city, district, region] = ['municipality', 'neighbourhood', 'uf'].map((name) => asText(at(location, name)))
  return city || district || region ? { city: city ?? null, district: district ?? null, region: region ?? null } : null
}

export function attributesOf(properties: unknown): readonly Attribute[] {
  return (asArray(properties) ?? []).flatMap((value) => {
    const property = asObject(value)
    const [key, text] = [asText(property?.name), asText(property?.value)]
    return key && text ? [{ key, label: asText(property?.label) ?? key, value: text }] : []
  })
}
