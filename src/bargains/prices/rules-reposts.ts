import { fold } from '@/kernel/text'

/** What an advert is to an earlier one: the same thing listed again on its site, or on another site. */
export type LinkKind = 'repost' | 'twin'

/** An advert as far as telling it from another asks. */
export type Advert = {
  /** Which market: the source, and for any page its host too. */
  readonly site: string
  /** The site's own id of the seller, where it names one. */
  readonly sellerId: string | null
  /** As `titleKey` makes it. */
  readonly title: string
  /** Minor units; null unless the price is fixed. */
  readonly amount: bigint | null
  readonly currency: string | null
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  readonly goneAt: Date | null
}

const DAY = 86_400_000
/** RULES "Repost". */
const LEAST_PERCENT = 85
const WITHIN_PERCENT = 30n

/** A title as titles are compared: folded, its words alone. Never empty words, at most 300 characters. */
export function titleKey(title: string): string {
  const words = fold(title).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.join(' ').slice(0, 300).trim()
}

/** Groups of three letters, each word padded as pg_trgm does it, so that its index finds what this rule accepts. */
export function trigramsOf(key: string): ReadonlySet<string> {
  const words = key === '' ? [] : key.split(' ')
  return new Set(words.map((word) => [...`  ${word} `]).flatMap((letters) => letters.slice(2).map(tripleOf(letters))))
}

function tripleOf(letters: readonly string[]) {
  return (_: string, at: number) => letters.slice(at, at + 3).join('')
}

/** Shared trigrams of all trigrams, from 0 to 1; 0 where both have none. */
export function similarity(a: string, b: string): number {
  const { shared, all } = overlap(a, b)
  return all === 0 ? 0 : shared / all
}

function overlap(a: string, b: string): { shared: number; all: number } {
  const [mine, theirs] = [trigramsOf(a), trigramsOf(b)]
  const shared = [...mine].filter((one) => theirs.has(one)).length
  return { shared, all: mine.size + theirs.size - shared }
}

/**
 * What `newer` is to an advert that was seen before it. RULES "Repost": title similarity at least 0.85 by trigrams, and a
 * price within 30 % of the earlier one's, both fixed in one currency. On another site: a twin. On the same site, of the same
 * seller where both are known, a repost once the earlier one is gone or unseen for 24 h. Unseen is measured by when the newer
 * one was seen last: where nothing was read, nothing was missing. Two that were for sale side by side for more than those 24 h
 * are two things, not one listed again.
 */
export function judgeLink(newer: Advert, earlier: Advert): LinkKind | null {
  if (earlier.firstSeenAt >= newer.firstSeenAt && earlier.site === newer.site) return null
  if (!isNearPrice(newer, earlier) || !isNearTitle(newer.title, earlier.title)) return null
  if (newer.site !== earlier.site) return 'twin'
  return isSameSeller(newer, earlier) && isOver(newer, earlier) ? 'repost' : null
}

function isNearTitle(a: string, b: string): boolean {
  const { shared, all } = overlap(a, b)
  return all > 0 && shared * 100 >= all * LEAST_PERCENT
}

function isNearPrice(newer: Advert, { amount, currency }: Advert): boolean {
  if (newer.amount === null || amount === null || newer.currency !== currency) return false
  const apart = newer.amount > amount ? newer.amount - amount : amount - newer.amount
  return apart * 100n <= amount * WITHIN_PERCENT
}

function isSameSeller(a: Advert, b: Advert): boolean {
  return a.sellerId === null || b.sellerId === null || a.sellerId === b.sellerId
}

function isOver(newer: Advert, { goneAt, lastSeenAt }: Advert): boolean {
  const unseen = newer.lastSeenAt.getTime() - lastSeenAt.getTime() >= DAY
  const sideBySide = lastSeenAt.getTime() - newer.firstSeenAt.getTime() > DAY
  return (goneAt !== null || unseen) && !sideBySide
}

/** One advert of a ladder, as it was known last. */
export type Rung = Pick<Advert, 'amount' | 'currency' | 'goneAt'> & {
  /** Since when it was listed: as the site said, else as we saw it. */
  readonly since: Date
}

export type Ladder = {
  /** The how-manieth time it is listed: 2 or more. */
  readonly times: number
  /** Minor units; what the advert before this one asked last. */
  readonly before: bigint | null
  readonly currency: string | null
  /** Whole days from the first listing until now, or until this one was gone. */
  readonly days: number
}

/** How often a thing was listed; `earlier` holds the adverts before `current`, the latest first. Null: for the first time. */
export function ladderOf(current: Rung, earlier: readonly Rung[], now: Date): Ladder | null {
  const [last] = earlier
  if (!last) return null
  const since = Math.min(...[current, ...earlier].map((rung) => rung.since.getTime()))
  const until = (current.goneAt ?? now).getTime()
  const days = Math.max(0, Math.floor((until - since) / DAY))
  return { times: earlier.length + 1, before: last.amount, currency: last.currency, days }
}
