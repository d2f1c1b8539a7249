import { AtRiskDonor } from '@emails/at-risk-donor'
import { AtRiskDonors } from '@emails/at-risk-donors'
import { type MailReader, type MailWords, mailWords } from '@emails/components/mail-words'
import { GiftReceived } from '@emails/gift-received'
import { LatePledge } from '@emails/late-pledge'
import { LatePledges } from '@emails/late-pledges'
import { TaskReminder } from '@emails/task-reminder'
import type { ReactElement } from 'react'
import { chooseLocale } from '@/i18n/locales'
import type { Translator } from '@/i18n/translator'
import { actionData } from '@/notifications/action-data'
import type { Action, Message, Reader, Say, SignalFacts, Span } from '@/notifications/message'
import type {
  BirthdayFacts,
  GiftFacts,
  LateFacts,
  ManyFacts,
  PersonFacts,
  RiskFacts,
  SilentFacts,
  TaskFacts,
} from './rules-facts'
import { type CareVerb, careVerbs } from './rules-verbs'

// Facts are written by `tell-episodes.ts`, `tell-birthdays.ts`, `notice-gifts.ts` and `remind-tasks.ts` alone: the casts name which.

export function wordsFor({ locale, timeZone }: Reader): MailWords {
  return mailWords({ locale: chooseLocale({ profile: locale }), timeZone })
}

type Lines = Message['lines']

function line(text: string, bold = false): readonly Span[] {
  return [{ text, bold }]
}

function phoneLine({ phone }: { readonly phone?: string | null }, { t }: Translator): Lines {
  return phone ? [[{ text: t('alerts.phone', { phone }), url: `tel:${phone.replace(/[^\d+]/g, '')}` }]] : []
}

type Draw = (mail: MailReader & { readonly url: string }) => ReactElement

/** A letter of its own form, in the reader's words. */
function letterOf({ locale, timeZone }: Translator, url: string, draw: Draw): Pick<Message, 'letter'> {
  return { letter: (frame) => draw({ ...frame, locale, timeZone, url }) }
}

/** What all of them have: the colour, the page of the contact, and the end where it has come. */
function saying(
  signal: SignalFacts,
  reader: Reader,
  parts: Pick<Message, 'subject' | 'heading' | 'lines'>,
  draw?: Draw,
): Message {
  const facts = signal.facts as PersonFacts
  const words = wordsFor(reader)
  const url = facts.contactId ? `${reader.appUrl}/contacts/${facts.contactId}` : `${reader.appUrl}/care`
  const open: Action = { kind: 'open', label: words.t('alerts.button.open'), url }
  const common = { tone: 'giving' as const, photos: [], url, ...parts }
  if (facts.resolved) return { ...common, lines: [line(endText(facts.resolved, words), true)], actions: [open] }
  return { ...common, ...(draw && letterOf(words, url, draw)), actions: [...careActions(signal, words), open] }
}

function endText(resolved: NonNullable<PersonFacts['resolved']>, words: MailWords): string {
  const { by, amount, currency, on } = resolved
  if (by === 'ended') return words.t('alerts.ended.ended')
  if (!amount || !currency || !on) return words.t('alerts.ended.giftOnly')
  return words.t('alerts.ended.gift', { amount: words.amount(amount, currency), date: words.day(on) })
}

/** Buttons that act, by the kind of signal; each carries the id that it acts on. */
function careActions(signal: SignalFacts, words: MailWords): readonly Action[] {
  return careVerbs(signal).map(({ verb, id }) => careAction(verb, id, words))
}

export function careAction(verb: CareVerb, id: string, { t }: Translator): Extract<Action, { kind: 'do' }> {
  return { kind: 'do', label: t(`alerts.button.${verb}`), data: actionData(`care_${verb}`, id), byMail: true }
}

const sayLate: Say = (signal, reader) => {
  const facts = signal.facts as LateFacts
  const words = wordsFor(reader)
  const { t } = words
  const promise = t(`alerts.every.${facts.frequency}`, { amount: words.amount(facts.amount, facts.currency) })
  const open = words.amount(facts.open, facts.currency)
  const late = t('alerts.late.line', { days: facts.daysLate, due: words.day(facts.dueOn), open })
  const onTime = facts.onTime > 0 ? ` ${t('alerts.late.onTime', { count: facts.onTime })}` : ''
  const parts = {
    subject: t('alerts.late.subject', { name: facts.name, days: facts.daysLate }),
    heading: t('alerts.late.heading', { name: facts.name, promise }),
    lines: [line(`${late}${onTime}`), ...phoneLine(facts, words)],
  }
  return saying(signal, reader, parts, (mail) => <LatePledge {...mail} facts={facts} />)
}

const sayRisk: Say = (signal, reader) => {
  const facts = signal.facts as RiskFacts
  const words = wordsFor(reader)
  const { t } = words
  const { name, silentDays: days, gapDays: gap, amount, currency } = facts
  const date = words.day(facts.lastGift)
  const last =
    amount && currency
      ? t('alerts.risk.last', { amount: words.amount(amount, currency), date })
      : t('alerts.risk.lastDay', { date })
  const parts = {
    subject: t('alerts.risk.subject', { name, days }),
    heading: t('alerts.risk.heading', { name }),
    lines: [line(t(`alerts.risk.${facts.basis}`, { gap, days })), line(last), ...phoneLine(facts, words)],
  }
  return saying(signal, reader, parts, (mail) => <AtRiskDonor {...mail} facts={facts} />)
}

const saySilent: Say = (signal, reader) => {
  const facts = signal.facts as SilentFacts
  const words = wordsFor(reader)
  const values = { name: facts.name, days: facts.days }
  const lines = [line(words.t('alerts.silent.line', values)), ...phoneLine(facts, words)]
  return saying(signal, reader, { subject: words.t('alerts.silent.subject', values), heading: facts.name, lines })
}

const sayBirthday: Say = (signal, reader) => {
  const facts = signal.facts as BirthdayFacts
  const words = wordsFor(reader)
  const subject = words.t('alerts.birthday.subject', { name: facts.name })
  const lines = [line(words.t('alerts.birthday.line')), ...phoneLine(facts, words)]
  return saying(signal, reader, { subject, heading: subject, lines })
}

const sayGift: Say = (signal, reader) => {
  const facts = signal.facts as GiftFacts
  const words = wordsFor(reader)
  const { t } = words
  const amount = words.amount(facts.amount, facts.currency)
  const subject = t('alerts.gift.subject', { name: facts.name, amount })
  const news = facts.news ? [line(t(`alerts.gift.${facts.news}`))] : []
  const thanks = facts.thanksDue ? [line(t('alerts.gift.thanks'))] : []
  const given = line(t('alerts.gift.line', { amount, date: words.day(facts.givenOn) }), true)
  const parts = { subject, heading: subject, lines: [given, ...news, ...thanks, ...phoneLine(facts, words)] }
  return saying(signal, reader, parts, (mail) => <GiftReceived {...mail} facts={facts} />)
}

const sayTask: Say = (signal, reader) => {
  const facts = signal.facts as TaskFacts
  const words = wordsFor(reader)
  const { t } = words
  const about = facts.name ? [line(t('alerts.task.about', { name: facts.name }))] : []
  const due = facts.dueOn ? [line(t('alerts.task.due', { date: words.day(facts.dueOn) }))] : []
  const url = `${reader.appUrl}/tasks`
  const parts = {
    subject: t('alerts.task.subject', { title: facts.title }),
    heading: facts.title,
    lines: [...due, ...about, ...phoneLine(facts, words)],
  }
  const contactUrl = facts.contactId ? `${reader.appUrl}/contacts/${facts.contactId}` : undefined
  const draw: Draw = (mail) => <TaskReminder {...mail} contactUrl={contactUrl} facts={facts} url={url} />
  return { ...saying(signal, reader, parts, draw), url }
}

type ManyKind = 'late' | 'risk' | 'silent' | 'birthday' | 'gift' | 'task'
const PAGES: Readonly<Record<ManyKind, string>> = {
  late: '/care?show=late',
  risk: '/care?show=risk',
  silent: '/care?show=silent',
  birthday: '/care?show=birthdays',
  gift: '/care?show=thanks',
  task: '/tasks',
}

function sayMany(kind: ManyKind): Say {
  return (signal, reader) => {
    const facts = signal.facts as ManyFacts
    const words = wordsFor(reader)
    const subject = words.t(`alerts.${kind}.many`, { count: facts.count })
    const rest = facts.count - facts.lines.length
    const more = rest > 0 ? [line(words.t('alerts.more', { count: rest }))] : []
    const ended = facts.ended
      ? [line(words.t('alerts.manyEnded', { ended: facts.ended, count: facts.count }), true)]
      : []
    const url = `${reader.appUrl}${PAGES[kind]}`
    const lines = [...facts.lines.map((item) => manyLine(kind, item, words)), ...more, ...ended]
    const actions: readonly Action[] = [{ kind: 'open', label: words.t('alerts.button.open'), url }]
    const draw = manyLetter(kind, inLetter(facts, words, reader))
    const own = draw ? letterOf(words, url, draw) : {}
    return { tone: 'giving', subject, heading: subject, url, photos: [], lines, actions, ...own }
  }
}

function manyLetter(kind: ManyKind, facts: ReturnType<typeof inLetter>): Draw | undefined {
  if (kind === 'late') return (mail) => <LatePledges {...mail} facts={facts} />
  if (kind === 'risk') return (mail) => <AtRiskDonors {...mail} facts={facts} />
  return undefined
}

/** Each with its page, and with how it ended where it has. */
function inLetter({ count, lines }: ManyFacts, words: MailWords, { appUrl }: Reader) {
  const shown = lines.map((item) => ({
    ...item,
    ...(item.contactId && { url: `${appUrl}/contacts/${item.contactId}` }),
    ...(item.resolved && { ended: shortEnd(item.resolved, words) }),
  }))
  return { count, lines: shown }
}

function manyLine(kind: ManyKind, item: ManyFacts['lines'][number], words: MailWords): readonly Span[] {
  const { name, title, phone, days, resolved } = item
  if (resolved) return [{ text: name ?? '', struck: true }, { text: ` · ${shortEnd(resolved, words)}` }]
  const who = { text: title ?? name ?? '', bold: true }
  const counted = kind === 'late' || kind === 'risk' || kind === 'silent'
  const rest = [...(counted ? [words.t(`alerts.${kind}.days`, { days })] : []), ...(phone ? [phone] : [])]
  return rest.length === 0 ? [who] : [who, { text: ` · ${rest.join(' · ')}` }]
}

function shortEnd({ amount, currency, on }: NonNullable<PersonFacts['resolved']>, words: MailWords): string {
  if (!amount || !currency || !on) return words.t('alerts.lineEnded')
  return words.t('alerts.lineGift', { amount: words.amount(amount, currency), date: words.day(on) })
}

const SAYINGS: Readonly<Record<string, Say>> = {
  'pledge.late': sayLate,
  'donor.at_risk': sayRisk,
  'contact.silent': saySilent,
  'contact.birthday': sayBirthday,
  'gift.received': sayGift,
  'task.due': sayTask,
  'pledge.late_many': sayMany('late'),
  'donor.at_risk_many': sayMany('risk'),
  'contact.silent_many': sayMany('silent'),
  'contact.birthday_many': sayMany('birthday'),
  'gift.received_many': sayMany('gift'),
  'task.due_many': sayMany('task'),
}

/** An alert that stands in for another's says whose it is; its letter is the plain one, which has room for that. */
function standingIn(say: Say): Say {
  return (signal, reader) => {
    // Laid in by `tell-members.ts`.
    const { insteadOf } = signal.facts as PersonFacts
    if (!insteadOf) return say(signal, reader)
    const { letter: _letter, ...message } = say(signal, reader)
    return { ...message, footer: wordsFor(reader).t('alerts.insteadOf', { name: insteadOf }) }
  }
}

/** Words for every kind of signal of care and tasks. */
export const careMessages: Readonly<Record<string, Say>> = Object.fromEntries(
  Object.entries(SAYINGS).map(([kind, say]) => [kind, standingIn(say)]),
)
