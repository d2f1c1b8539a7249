import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor, type Translator } from '@/i18n/translator'
import type { Money } from '@/kernel/money'
import { actionData } from '@/notifications/action-data'
import type { Action, Message, Reader, Say, SignalFacts, Span } from '@/notifications/message'
import { pauseAction } from '../watches/messages'
import type { BaselineFacts, ListingFacts, ListingLine, ManyFacts, PriceFacts } from './rules-facts'
import type { MatchState } from './table'

type DoAction = Extract<Action, { kind: 'do' }>

export function wordsFor({ locale, timeZone }: Reader): Translator {
  return createTranslatorFor(chooseLocale({ profile: locale }), timeZone)
}

function moneyOf(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount: BigInt(amount), currency }
}

/** "650 zł", or what stands in a price's place. */
export function priceText({ t, money }: Translator, { kind, amount, currency }: PriceFacts): string {
  const known = moneyOf(amount, currency)
  if (kind === 'fixed') return known ? money(known) : t('bargains.price.unknown')
  return t(`bargains.price.${kind}`)
}

/** `listing.new`, `listing.price_drop` and `listing.reappeared`. */
const sayListing: Say = (signal, reader) => {
  // Written by `write-matches.ts` alone, as ListingFacts.
  const facts = signal.facts as ListingFacts
  const words = wordsFor(reader)
  return {
    tone: 'bargains',
    subject: subjectOf(signal.kind, facts, words),
    heading: facts.title,
    url: facts.url,
    photos: facts.photos,
    lines: linesOf(signal.kind, facts, words, reader),
    footer: words.t('bargains.watch', { name: facts.watchName }),
    actions: listingActions(signal, facts.url, words),
  }
}

function subjectOf(kind: string, facts: ListingFacts, words: Translator): string {
  const values = { title: facts.title, price: priceText(words, facts.price) }
  const before = moneyOf(facts.before, facts.price.currency)
  if (before) return words.t('bargains.drop.subject', { ...values, before: words.money(before) })
  return words.t(kind === 'listing.reappeared' ? 'bargains.again.subject' : 'bargains.new.subject', values)
}

function linesOf(kind: string, facts: ListingFacts, words: Translator, reader: Reader): Message['lines'] {
  const again = kind === 'listing.reappeared' ? [[{ text: words.t('bargains.again.line') }]] : []
  const place = [...placeOf(facts), ageOf(facts, words, reader)].join(' · ')
  return [priceLine(facts, words), ...again, ...ladderLines(facts, words), [{ text: place }]]
}

/** "3rd time listed, was 1,900 zł, 41 days on the market" */
function ladderLines({ ladder }: ListingFacts, { t, money }: Translator): Message['lines'] {
  if (!ladder) return []
  const before = moneyOf(ladder.before, ladder.currency)
  const { times, days } = ladder
  const key = before ? 'bargains.ladder.was' : 'bargains.ladder.line'
  return [[{ text: t(key, { times, days, before: before ? money(before) : '' }) }]]
}

function priceLine(facts: ListingFacts, words: Translator): readonly Span[] {
  const price = { text: priceText(words, facts.price), bold: true }
  const before = moneyOf(facts.before, facts.price.currency)
  const talk = facts.negotiable ? [{ text: `, ${words.t('bargains.price.negotiable')}` }] : []
  if (!before) return [price, ...talk]
  const was = { text: words.money(before), struck: true }
  return [price, { text: `  ${words.t('bargains.drop.was')} ` }, was, { text: ` ${changeText(facts, words)}` }, ...talk]
}

/** "(−13 %, lowest yet)" */
function changeText({ percent, newLowest }: ListingFacts, { t, percent: show }: Translator): string {
  const change = show(-(percent ?? 0) / 100)
  return t(newLowest ? 'bargains.drop.lowest' : 'bargains.drop.percent', { percent: change })
}

function placeOf({ city, district }: ListingFacts): readonly string[] {
  const place = [city, district].filter((part) => part !== null).join(', ')
  return place === '' ? [] : [place]
}

function ageOf({ postedAt, seenAt }: ListingFacts, { t, relative }: Translator, { now }: Reader): string {
  if (postedAt !== null) return t('bargains.listed', { when: relative(new Date(postedAt), now) })
  return t('bargains.found', { when: relative(new Date(seenAt), now) })
}

function listingActions({ subjectId, watchId }: SignalFacts, url: string, words: Translator): readonly Action[] {
  const open: Action = { kind: 'open', label: words.t('bargains.button.advert'), url }
  if (subjectId === null) return [open]
  return [open, ...matchActions(subjectId, 'new', words), ...pauseActions(watchId, words)]
}

/** Star and ignore, each named by what a tap on it does to a match in `state`. */
export function matchActions(id: string, state: MatchState, { t }: Translator): readonly DoAction[] {
  const star = state === 'favourite' ? 'unfavourite' : 'favourite'
  const ignore = state === 'ignored' ? 'unignore' : 'ignore'
  return [
    { kind: 'do', label: t(`bargains.button.${star}`), data: actionData('match_favourite', id) },
    { kind: 'do', label: t(`bargains.button.${ignore}`), data: actionData('match_ignore', id) },
  ]
}

/** The page of a watch: channels leave the button out where nobody else can open our address. */
export function watchActions(watchId: string | null, reader: Reader, words: Translator): readonly Action[] {
  if (watchId === null) return []
  const open: Action = {
    kind: 'open',
    label: words.t('bargains.button.watch'),
    url: `${reader.appUrl}/watches/${watchId}`,
  }
  return [open, pauseAction(watchId, words)]
}

function pauseActions(watchId: string | null, words: Translator): readonly Action[] {
  return watchId === null ? [] : [pauseAction(watchId, words)]
}

const sayMany: Say = (signal, reader) => {
  // Written by `write-matches.ts` alone, as ManyFacts.
  const facts = signal.facts as ManyFacts
  const words = wordsFor(reader)
  const key = facts.returning ? 'bargains.many.returning' : 'bargains.many.subject'
  const subject = words.t(key, { watch: facts.watchName, count: facts.count })
  return {
    tone: 'bargains',
    subject,
    heading: subject,
    photos: facts.photos,
    lines: manyLines(facts, words),
    footer: words.t('bargains.watch', { name: facts.watchName }),
    actions: watchActions(signal.watchId, reader, words),
  }
}

function manyLines(facts: ManyFacts, words: Translator): Message['lines'] {
  const counts = (['fresh', 'cheaper', 'again'] as const).flatMap((kind) =>
    facts[kind] > 0 ? [words.t(`bargains.many.${kind}`, { count: facts[kind] })] : [],
  )
  const rest = facts.count - facts.lines.length
  const more = rest > 0 ? [[{ text: words.t('bargains.many.more', { count: rest }) }]] : []
  return [[{ text: counts.join(' · ') }], ...facts.lines.map((line) => advertLine(line, words)), ...more]
}

function advertLine({ title, url, price }: ListingLine, words: Translator): readonly Span[] {
  return [{ text: title, url }, { text: ' · ' }, { text: priceText(words, price), bold: true }]
}

const sayBaseline: Say = (signal, reader) => {
  // Written by `write-matches.ts` alone, as BaselineFacts.
  const facts = signal.facts as BaselineFacts
  const words = wordsFor(reader)
  const subject = words.t('bargains.baseline.subject', { watch: facts.watchName, count: facts.count })
  const { cheapest } = facts
  const first = cheapest ? [[{ text: words.t('bargains.baseline.cheapest') }, ...advertLine(cheapest, words)]] : []
  return {
    tone: 'bargains',
    subject,
    heading: subject,
    url: facts.url,
    photos: facts.photos,
    lines: [...first, [{ text: words.t('bargains.baseline.line', { source: facts.sourceName }) }]],
    actions: watchActions(signal.watchId, reader, words),
  }
}

/** Words for what watches find. */
export const matchMessages: Readonly<Record<string, Say>> = {
  'watch.baseline': sayBaseline,
  'listing.new': sayListing,
  'listing.price_drop': sayListing,
  'listing.reappeared': sayListing,
  'listing.many': sayMany,
}
