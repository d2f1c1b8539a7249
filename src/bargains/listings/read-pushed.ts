import { anyPage } from '../sources/any/source'
import { sourceFor } from '../sources/registry'
import type { Item, Source } from '../sources/source'
import { type PushedListing, pushedListingSchema, type Rejection } from './schema'

export type ReadPushed =
  | { readonly source: Source; readonly item: Item }
  | { readonly rejected: Rejection; readonly detail: string; readonly externalId: string | null }

/** One advert that was handed over, as a source would have read it, or why it cannot be taken. */
export function readPushed(value: unknown): ReadPushed {
  const shape = pushedListingSchema.safeParse(value)
  if (!shape.success) {
    const [issue] = shape.error.issues
    return refuse('shape', `${issue?.path.join('.') || 'listing'}: ${issue?.message ?? 'not a listing'}`, null)
  }
  return identify(shape.data)
}

/** Its address decides whose it is: no advert is handed over under the id of another. */
function identify(listing: PushedListing): ReadPushed {
  const url = new URL(listing.url)
  const source = sourceFor(url)
  const known = source?.recognise(url)
  const given = listing.externalId ?? null
  if (!source || !known) return refuse('address', 'not a public address', given)
  if (source === anyPage) return take(source, listing, url.href, idOfAny(url, given))
  if (known.kind !== 'offer') return refuse('notAnAdvert', 'not the address of one advert', given)
  const { externalId } = known
  if (externalId !== null && given !== null && externalId !== given) {
    return refuse('otherId', `the address says ${externalId}`, given)
  }
  return take(source, listing, known.url, externalId ?? given)
}

/** All hosts share one source, so that an id stands under its host. */
function idOfAny({ hostname }: URL, given: string | null): string | null {
  const host = hostname.replace(/^www\./, '')
  return given === null || given.startsWith(`${host}:`) ? given : `${host}:${given}`
}

function take(source: Source, listing: PushedListing, url: string, externalId: string | null): ReadPushed {
  if (externalId === null) return refuse('noId', 'its address has no id: give externalId', null)
  return { source, item: toItem(listing, url, externalId) }
}

function toItem(listing: PushedListing, url: string, externalId: string): Item {
  const { title, description, price, seller, place, coordinates, photos, attributes, postedAt } = listing
  return {
    ...{ externalId, url, title, photos, attributes },
    description: description ?? null,
    price:
      price.kind === 'fixed'
        ? { ...price, amount: BigInt(price.amount) }
        : { kind: price.kind, amount: null, currency: null, negotiable: false },
    seller: { kind: seller?.kind ?? 'unknown', id: seller?.id ?? null, name: seller?.name ?? null },
    promoted: null,
    place: place ? { city: place.city ?? null, district: place.district ?? null, region: place.region ?? null } : null,
    coordinates: coordinates ?? null,
    postedAt: postedAt === undefined ? null : new Date(postedAt).toISOString(),
    refreshedAt: null,
  }
}

function refuse(rejected: Rejection, detail: string, externalId: string | null): ReadPushed {
  return { rejected, detail, externalId }
}
