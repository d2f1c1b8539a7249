import { type SummarySection, WeeklySummary } from '@emails/weekly-summary'
import type { Translator } from '@/i18n/translator'
import type { Message, Reader, Say, Span } from '@/notifications/message'
import { amountText, dayText, wordsFor } from './messages'
import type { Names, Sum, SummaryFacts } from './rules-summary'

type Words = { readonly words: Translator; readonly appUrl: string }

/** The weekly summary: the same lines as a letter in sections, as text, and in a chat. */
export const saySummary: Say = (signal, reader) => {
  // Written by `send-summaries.ts` alone.
  const facts = signal.facts as SummaryFacts
  const stop = reader.stopUrl?.(facts.workspaceId, facts.memberId)
  const message = summaryMessage(facts, reader, stop ?? `${reader.appUrl}/settings/care`)
  return stop ? { ...message, unsubscribeUrl: stop } : message
}

/** Also what settings preview. */
export function summaryMessage(facts: SummaryFacts, reader: Reader, stopUrl: string): Message {
  const words = wordsFor(reader)
  const { t } = words
  const { appUrl } = reader
  const heading = t('summary.heading', { from: dayText(words, facts.from), to: dayText(words, facts.to) })
  const sections = sectionsOf(facts, { words, appUrl })
  const open = {
    label: t('summary.open'),
    url: `${appUrl}/care`,
    orOpen: t('emails.orOpen', { url: `${appUrl}/care` }),
  }
  const footer = [t('summary.why', { workspace: facts.workspace }), t('summary.stopLine', { url: stopUrl })]
  return {
    tone: 'giving',
    subject: t('summary.subject', { workspace: facts.workspace, gifts: facts.gifts.count }),
    heading,
    photos: [],
    lines: sections.flatMap(({ title, url, lines }) => [[{ text: title, bold: true, url }], ...lines]),
    footer: footer.join(' '),
    letter: () => (
      <WeeklySummary footer={footer} heading={heading} locale={words.locale} open={open} sections={sections} />
    ),
    actions: [{ kind: 'open', label: open.label, url: open.url }],
  }
}

function sectionsOf(facts: SummaryFacts, at: Words): readonly SummarySection[] {
  return [
    giftsPart(facts, at),
    namesPart('fresh', facts.fresh, at),
    namesPart('recovered', facts.recovered, at),
    latePart(facts, at),
    riskPart(facts, at),
    sumPart('thanks', facts.thanks, at),
    sumPart('next', facts.next, at),
    goalPart(facts, at),
    tasksPart(facts, at),
    birthdaysPart(facts, at),
  ].filter((part) => part !== null)
}

type Part = SummarySection | null
type Lines = readonly (readonly Span[])[]

const PAGES = {
  gifts: '/gifts',
  fresh: '/contacts?status=donor',
  recovered: '/contacts?status=donor',
  late: '/care?show=late',
  risk: '/care?show=risk',
  thanks: '/care?show=thanks',
  next: '/pledges',
  goal: '/pledges',
  tasks: '/tasks',
  birthdays: '/care?show=birthdays',
} as const

function part(name: keyof typeof PAGES, lines: Lines, { words, appUrl }: Words): SummarySection {
  return { title: words.t(`summary.${name}`), url: `${appUrl}${PAGES[name]}`, lines }
}

function more(count: number, shown: number, { words }: Words): Lines {
  return count > shown ? [[{ text: words.t('summary.more', { count: count - shown }) }]] : []
}

function sumText(sums: readonly Sum[], { words }: Words): string {
  return words.list(sums.map(({ total, currency }) => amountText(words, total, currency)))
}

function giftsPart({ gifts, from, to }: SummaryFacts, at: Words): Part {
  if (gifts.count === 0) return null
  const sum = at.words.t('summary.giftsSum', { count: gifts.count, sum: sumText(gifts.sums, at) })
  const rows = gifts.rows.map(({ name, amount, currency }) => [
    { text: name },
    { text: ` · ${amountText(at.words, amount, currency)}` },
  ])
  const lines = [[{ text: sum, bold: true }], ...rows, ...more(gifts.count, rows.length, at)]
  return { ...part('gifts', lines, at), url: `${at.appUrl}/gifts?from=${from}&to=${to}` }
}

function namesPart(name: 'fresh' | 'recovered', { count, names }: Names, at: Words): Part {
  return count === 0 ? null : part(name, [[{ text: at.words.list(names) }], ...more(count, names.length, at)], at)
}

function latePart({ late }: SummaryFacts, at: Words): Part {
  if (late.count === 0) return null
  const { t } = at.words
  const buckets = late.buckets.map(({ bucket, count }) =>
    t('summary.lateBucket', { bucket: bucket.replace('-', '–'), count }),
  )
  const rows = late.rows.map((row) => personLine(row, t('summary.lateLine', { days: row.days })))
  return part('late', [[{ text: buckets.join(' · '), bold: true }], ...rows, ...more(late.count, rows.length, at)], at)
}

function riskPart({ risk }: SummaryFacts, at: Words): Part {
  if (risk.count === 0) return null
  const { t } = at.words
  const rows = risk.rows.map((row) => personLine(row, t(`summary.${row.basis}`, { gap: row.gapDays, days: row.days })))
  return part('risk', [...rows, ...more(risk.count, rows.length, at)], at)
}

function personLine({ name, phone }: { readonly name: string; readonly phone: string | null }, fact: string) {
  return [{ text: name, bold: true }, { text: ` · ${[fact, ...(phone ? [phone] : [])].join(' · ')}` }]
}

function sumPart(name: 'thanks' | 'next', { count, sums }: SummaryFacts['thanks'], at: Words): Part {
  if (count === 0) return null
  const key = name === 'thanks' ? 'summary.thanksLine' : 'summary.nextSum'
  return part(name, [[{ text: at.words.t(key, { count, sum: sumText(sums, at) }) }]], at)
}

function goalPart({ goal }: SummaryFacts, at: Words): Part {
  if (goal === null) return null
  const { t, percent } = at.words
  const [wanted, promised] = [BigInt(goal.goal), BigInt(goal.promised)]
  const text = (amount: bigint) => amountText(at.words, amount.toString(), goal.currency)
  const share = percent(wanted === 0n ? 1 : Number((promised * 1000n) / wanted) / 1000)
  const missing = promised < wanted ? t('summary.gap', { gap: text(wanted - promised) }) : t('summary.reached')
  const line = t('summary.goalLine', { promised: text(promised), goal: text(wanted), share })
  return part('goal', [[{ text: line, bold: true }, { text: `. ${missing}` }]], at)
}

function tasksPart({ tasks }: SummaryFacts, at: Words): Part {
  if (tasks.count === 0) return null
  const rows = tasks.rows.map(({ title, dueOn }) => [
    { text: title },
    ...(dueOn ? [{ text: ` · ${dayText(at.words, dueOn)}` }] : []),
  ])
  return part('tasks', [...rows, ...more(tasks.count, rows.length, at)], at)
}

function birthdaysPart({ birthdays }: SummaryFacts, at: Words): Part {
  if (birthdays.count === 0) return null
  const rows = birthdays.rows.map(({ name, on }) => [{ text: name }, { text: ` · ${dayText(at.words, on)}` }])
  return part('birthdays', [...rows, ...more(birthdays.count, rows.length, at)], at)
}
