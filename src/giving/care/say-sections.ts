import type { MailWords } from '@emails/components/mail-words'
import type { MailRow, SummarySection } from '@emails/weekly-summary'
import type { Sum, SummaryFacts, SummaryGoal, Sums } from './rules-summary'

type At = { readonly words: MailWords; readonly appUrl: string; readonly whose: SummaryFacts['whose'] }
type Part = readonly SummarySection[]

/** The sections of giving that have something to say, the news first. Each title leads to the list that its figures count. */
export function givingSections(facts: SummaryFacts, words: MailWords, appUrl: string): Part {
  const at = { words, appUrl, whose: facts.whose }
  return [
    ...giftsPart(facts, at),
    ...namesPart('fresh', facts.fresh, at),
    ...namesPart('recovered', facts.recovered, at),
    ...latePart(facts, at),
    ...riskPart(facts, at),
    ...thanksPart(facts, at),
    ...nextPart(facts, at),
    ...goalPart(facts, at),
    ...tasksPart(facts, at),
    ...birthdaysPart(facts, at),
  ]
}

const PATHS = {
  gifts: '/gifts',
  fresh: '/contacts?status=donor',
  recovered: '/contacts?status=donor',
  late: '/care?show=late',
  risk: '/care?show=risk',
  thanks: '/care?show=thanks',
  next: '/today/expected',
  goal: '/pledges?show=active',
  tasks: '/tasks',
  birthdays: '/care?show=birthdays',
} as const

type Name = keyof typeof PATHS

function part(name: Name, { words, appUrl, whose }: At) {
  const own = PATHS[name].startsWith('/care?') && whose === 'all' ? '&whose=all' : ''
  return { half: 'giving' as const, title: words.t(`summary.${name}`), url: `${appUrl}${PATHS[name]}${own}` }
}

function more(count: number, shown: number, { words }: At): Pick<SummarySection, 'more'> {
  return count > shown ? { more: words.t('summary.more', { count: count - shown }) } : {}
}

function contactUrl(contactId: string, { appUrl }: At): string {
  return `${appUrl}/contacts/${contactId}`
}

/** Each currency by itself: "100 zł and €20". */
function sumText(sums: readonly Sum[], { words }: At): string {
  return words.list(sums.map(({ total, currency }) => words.amount(total, currency)))
}

/** "3 gifts, 250 zł" */
function countText({ count, sums }: Sums, at: At): string {
  const counted = at.words.t('summary.giftsSum', { count })
  return count === 0 ? counted : at.words.t('summary.sum', { count: counted, sum: sumText(sums, at) })
}

function giftsPart({ gifts, from, to }: SummaryFacts, at: At): Part {
  const { before, inKind } = gifts
  if (gifts.count + before.count + inKind.count === 0) return []
  const { t, amount, day } = at.words
  const rows = gifts.rows.map((row) => ({
    ...{ text: row.name, url: contactUrl(row.contactId, at), end: amount(row.amount, row.currency) },
    facts: [day(row.on), ...(row.inKind ? [t('summary.inKindRow')] : [])],
  }))
  const notes = [
    ...(inKind.count > 0 ? [t('summary.inKind', { sum: countText(inKind, at) })] : []),
    t('summary.before', { sum: countText(before, at) }),
  ]
  const url = `${at.appUrl}/gifts?from=${from}&to=${to}`
  const rest = more(gifts.count + inKind.count, rows.length, at)
  return [{ ...part('gifts', at), url, lead: countText(gifts, at), note: notes.join(' · '), rows, ...rest }]
}

function namesPart(name: 'fresh' | 'recovered', { count, rows }: SummaryFacts['fresh'], at: At): Part {
  if (count === 0) return []
  const shown = rows.map((row) => ({ text: row.name, url: contactUrl(row.contactId, at) }))
  return [{ ...part(name, at), rows: shown, ...more(count, rows.length, at) }]
}

function latePart({ late }: SummaryFacts, at: At): Part {
  if (late.count === 0) return []
  const { t, day, amount } = at.words
  const buckets = late.buckets.map(({ bucket, count }) =>
    t('summary.lateBucket', { bucket: bucket.replace('-', '–'), count }),
  )
  const rows = late.rows.map((row) => ({
    ...{ text: row.name, url: contactUrl(row.contactId, at), phone: row.phone },
    facts: [t('summary.lateLine', { days: row.days, date: day(row.dueOn) })],
    ...(row.amount && row.currency && { end: amount(row.amount, row.currency) }),
  }))
  return [{ ...part('late', at), lead: buckets.join(' · '), rows, ...more(late.count, rows.length, at) }]
}

function riskPart({ risk }: SummaryFacts, at: At): Part {
  if (risk.count === 0) return []
  const rows = risk.rows.map((row) => ({
    ...{ text: row.name, url: contactUrl(row.contactId, at), phone: row.phone },
    facts: [at.words.t(`summary.${row.basis}`, { gap: row.gapDays, days: row.days })],
  }))
  return [{ ...part('risk', at), rows, ...more(risk.count, rows.length, at) }]
}

function thanksPart({ thanks }: SummaryFacts, at: At): Part {
  const { people, count } = thanks
  if (count === 0) return []
  const { t, day } = at.words
  const lead = t('summary.thanksLine', { people, count, sum: sumText(thanks.sums, at) })
  const rows = thanks.rows.map(({ contactId, name, since, sums }) => ({
    ...{ text: name, url: contactUrl(contactId, at), end: sumText(sums, at) },
    ...(since && { facts: [t('summary.thanksRow', { date: day(since) })] }),
  }))
  return [{ ...part('thanks', at), lead, rows, ...more(people, rows.length, at) }]
}

function nextPart({ next }: SummaryFacts, at: At): Part {
  if (next.count === 0) return []
  const lead = at.words.t('summary.nextSum', { count: next.count, sum: sumText(next.sums, at) })
  const rows = next.rows.map(({ contactId, name, on, amount, currency }) => ({
    ...{ text: name, url: contactUrl(contactId, at), end: at.words.amount(amount, currency) },
    facts: [at.words.day(on)],
  }))
  return [{ ...part('next', at), lead, rows, ...more(next.count, rows.length, at) }]
}

function goalPart({ goal }: SummaryFacts, at: At): Part {
  if (goal === null) return []
  const { t, percent, amount } = at.words
  const text = (value: bigint) => amount(value.toString(), goal.currency)
  const wanted = BigInt(goal.goal)
  const [inHand, promised] = [BigInt(goal.inHand), BigInt(goal.promised)]
  const have = inHand + promised
  const share = percent(wanted === 0n ? 1 : Number((have * 1000n) / wanted) / 1000)
  const missing = have < wanted ? t('summary.gap', { gap: text(wanted - have) }) : t('summary.reached')
  const parts = t('summary.goalParts', { inHand: text(inHand), promised: text(promised) })
  const note = [parts, missing, changeText(goal, at)].join(' ')
  return [
    {
      ...part('goal', at),
      lead: t('summary.goalLine', { have: text(have), goal: text(wanted), share }),
      note,
      rows: [],
    },
  ]
}

function changeText({ change, currency }: SummaryGoal, { words: { t, amount } }: At): string {
  const by = BigInt(change)
  if (by === 0n) return t('summary.change.same')
  const size = amount((by < 0n ? -by : by).toString(), currency)
  return t(by > 0n ? 'summary.change.up' : 'summary.change.down', { amount: size })
}

function tasksPart({ tasks }: SummaryFacts, at: At): Part {
  const { count, due } = tasks
  if (count === 0) return []
  const { t, day } = at.words
  const rows = tasks.rows.map(
    ({ title, dueOn, name }): MailRow => ({
      text: title,
      ...(name && { facts: [name] }),
      ...(dueOn && { end: day(dueOn) }),
    }),
  )
  return [{ ...part('tasks', at), lead: t('summary.tasksLine', { count, due }), rows, ...more(count, rows.length, at) }]
}

function birthdaysPart({ birthdays }: SummaryFacts, at: At): Part {
  if (birthdays.count === 0) return []
  const rows = birthdays.rows.map(({ contactId, name, on }) => ({
    ...{ text: name, url: contactUrl(contactId, at), end: at.words.day(on) },
  }))
  return [{ ...part('birthdays', at), rows, ...more(birthdays.count, rows.length, at) }]
}
