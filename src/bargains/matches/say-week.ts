import type { MailRow, SummarySection } from '@emails/weekly-summary'
import type { Translator } from '@/i18n/translator'
import { percentDrop } from '@/kernel/money'
import type { Reader } from '@/notifications/message'
import type { WeekPart } from '@/notifications/weekly-part'
import { priceText, wordsFor } from './messages'
import type { DealRow, DropRow, WeekAdvert, WeekOfBargains } from './rules-week'

type Words = { readonly words: Translator; readonly appUrl: string }

/** The sections of the weekly summary that are about bargains. */
export const sayWeek: WeekPart['say'] = (found, reader: Reader) => {
  // Written by `gather-week.ts` alone.
  const facts = found as WeekOfBargains
  const at = { words: wordsFor(reader), appUrl: reader.appUrl }
  return [...deals(facts, at), ...drops(facts, at), ...fresh(facts, at), ...broken(facts, at)]
}

function part(name: 'fresh' | 'drops' | 'deals' | 'broken', path: string, { words, appUrl }: Words) {
  return { half: 'bargains' as const, title: words.t(`bargains.week.${name}`), url: `${appUrl}${path}` }
}

function more(count: number, shown: number, { words }: Words): Pick<SummarySection, 'more'> {
  return count > shown ? { more: words.t('summary.more', { count: count - shown }) } : {}
}

function advert({ matchId, watchId, title, ...price }: WeekAdvert, { words, appUrl }: Words): MailRow {
  return { text: title, url: `${appUrl}/watches/${watchId}?match=${matchId}`, end: priceText(words, price) }
}

function fresh({ fresh: { count, rows } }: WeekOfBargains, at: Words): readonly SummarySection[] {
  if (count === 0) return []
  const lead = at.words.t('bargains.week.freshLine', { count })
  const shown = rows.map((row) => advert(row, at))
  return [{ ...part('fresh', '/matches', at), lead, rows: shown, ...more(count, rows.length, at) }]
}

function drops({ drops: { count, rows } }: WeekOfBargains, at: Words): readonly SummarySection[] {
  if (count === 0) return []
  const lead = at.words.t('bargains.week.dropsLine', { count })
  const shown = rows.map((row) => dropped(row, at))
  return [{ ...part('drops', '/matches?state=cheaper', at), lead, rows: shown, ...more(count, rows.length, at) }]
}

function dropped(row: DropRow, at: Words): MailRow {
  const { amount, currency } = row
  if (amount === null || currency === null) return advert(row, at)
  const [before, now] = [
    { amount: BigInt(row.before), currency },
    { amount: BigInt(amount), currency },
  ]
  const change = at.words.percent(-percentDrop(before, now) / 100)
  return { ...advert(row, at), facts: [change], struck: at.words.money(before) }
}

function deals({ deals: rows }: WeekOfBargains, at: Words): readonly SummarySection[] {
  return rows.length === 0
    ? []
    : [{ ...part('deals', '/matches?sort=cheapest', at), rows: rows.map((row) => deal(row, at)) }]
}

function deal(row: DealRow, at: Words): MailRow {
  const { cheaperThan: percent, among: count, median, currency } = row
  const half = currency === null ? '' : at.words.money({ amount: BigInt(median), currency })
  return { ...advert(row, at), facts: [at.words.t('bargains.week.dealLine', { percent, count, median: half })] }
}

function broken({ broken: rows }: WeekOfBargains, at: Words): readonly SummarySection[] {
  if (rows.length === 0) return []
  const { t, list, date } = at.words
  const shown = rows.map(({ watchId, watchNames, sourceName: source, trouble, since }) => ({
    text: list(watchNames),
    url: `${at.appUrl}/watches/${watchId}`,
    facts: [t(`bargains.health.${trouble}`, { source }), t('bargains.week.since', { date: date(new Date(since)) })],
  }))
  return [{ ...part('broken', '/sources', at), rows: shown }]
}
