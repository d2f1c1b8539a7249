import type { Item } from '../sources/source'

/** How many adverts of a page say each field. */
export type PageFill = {
  /** Epoch milliseconds. */
  readonly at: number
  readonly items: number
  readonly filled: Readonly<Record<string, number>>
}

export const FIELD_NAMES = [
  'price',
  'description',
  'seller',
  'sellerKind',
  'place',
  'coordinates',
  'photos',
  'postedAt',
  'refreshedAt',
  'attributes',
] as const

const FIELDS: Readonly<Record<(typeof FIELD_NAMES)[number], (item: Item) => boolean>> = {
  price: ({ price }) => price.kind !== 'unknown',
  description: ({ description }) => description !== null,
  seller: ({ seller }) => seller.id !== null || seller.name !== null,
  sellerKind: ({ seller }) => seller.kind !== 'unknown',
  place: ({ place }) => place !== null,
  coordinates: ({ coordinates }) => coordinates !== null,
  photos: ({ photos }) => photos.length > 0,
  postedAt: ({ postedAt }) => postedAt !== null,
  refreshedAt: ({ refreshedAt }) => refreshedAt !== null,
  attributes: ({ attributes }) => attributes.length > 0,
}

/** How full the fields of a page's adverts are. */
export function countFill(items: readonly Item[], at: Date): PageFill {
  const filled = FIELD_NAMES.map((name) => [name, items.filter(FIELDS[name]).length] as const)
  return { at: at.getTime(), items: items.length, filled: Object.fromEntries(filled) }
}

/** Good pages that are kept for comparison. */
export const PAGES_KEPT = 20
/** Fewer say nothing of what is usual. */
const PAGES_NEEDED = 5
/**
 * How far from the usual a page must be, in standard deviations of a binomial. Half of a few is chance: of 40 adverts of
 * which a third have photos, one page in forty has half as many. At four, a search that is read every ten minutes is
 * wrong about a field once in two hundred days.
 */
const SIGMAS = 4

/** Fields of which this page says at most half as often as the good pages before it did, and not by chance. */
export function fallenFields(before: readonly PageFill[], page: PageFill): readonly string[] {
  if (before.length < PAGES_NEEDED) return []
  const items = sum(before.map((one) => one.items))
  if (items === 0 || page.items === 0) return []
  return Object.keys(page.filled).filter((field) => {
    const rate = sum(before.map((one) => one.filled[field] ?? 0)) / items
    return hasFallen(page.filled[field] ?? 0, page.items, rate)
  })
}

function hasFallen(filled: number, items: number, rate: number): boolean {
  const expected = rate * items
  return expected > 0 && filled * 2 <= expected && expected - filled >= SIGMAS * Math.sqrt(expected * (1 - rate))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** What is kept of a search's pages of one format. */
export type FillState = {
  /** The last good pages, oldest first. */
  readonly pages: readonly PageFill[]
  readonly fallen: readonly string[]
  /** Since when; null while all is well. */
  readonly fallenSince: Date | null
}

const WEEK = 7 * 24 * 60 * 60_000

/**
 * What is kept after one more page. One with fallen fields is no measure for the next, so the episode lasts until the
 * fields are back; after a week (as long as its raw pages are kept) what the site says has become the usual.
 */
export function afterPage(before: FillState, page: PageFill): FillState {
  const fallen = fallenFields(before.pages, page)
  if (fallen.length === 0) return { pages: [...before.pages, page].slice(-PAGES_KEPT), fallen, fallenSince: null }
  const since = before.fallenSince ?? new Date(page.at)
  if (page.at - since.getTime() > WEEK) return { pages: [page], fallen: [], fallenSince: null }
  return { pages: before.pages, fallen, fallenSince: since }
}
