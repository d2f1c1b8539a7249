import type { PlainDate } from '@/kernel/dates'
import { fold, inert } from '@/kernel/text'
import { pointProblem } from '../contacts/rules-points'
import { type GiftType, type Method, MOST_AMOUNT } from '../gifts/rules'
import type { Cells, RowProblem } from './rules'
import { type DecimalMark, readColumnAmount } from './rules-amounts'
import { type Credit, readCredits } from './rules-credits'
import { type DateOrder, readDate } from './rules-dates'
import type { Giver } from './rules-givers'

/** How the columns of a file are read, and the day and currency of the workspace. */
export type GiftFormat = {
  readonly dateOrder: DateOrder | null
  readonly decimalMark: DecimalMark | null
  readonly currency: string
  readonly today: PlainDate
  /** Id of each open fund, by its folded name. */
  readonly funds: ReadonlyMap<string, string>
}

export type GiftEntry = {
  readonly giver: Giver
  readonly givenOn: PlainDate
  /** Minor units. */
  readonly amount: bigint
  readonly currency: string
  readonly fundId: string | null
  readonly method: Method
  readonly type: GiftType
  readonly externalId: string | null
  readonly note: string
  readonly anonymous: boolean
  readonly extra: boolean
  readonly credits: readonly Credit[]
}

const MOST = { note: 5000, externalId: 200, name: 120 } as const
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

const TYPE_NAMES: Readonly<Record<string, GiftType>> = {
  ...named('one_off', 'oneoff onetime single once jednorazowa jednorazowo'),
  ...named('recurring', 'regular monthly weekly quarterly annual yearly pledge stala regularna miesieczna'),
  ...named('campaign', 'appeal kampania akcja'),
  ...named('grant', 'dotacja'),
  ...named('legacy', 'bequest spadek zapis'),
  ...named('other', 'inna inne'),
}
const METHOD_NAMES: Readonly<Record<string, Method>> = {
  ...named('cash', 'gotowka'),
  ...named('transfer', 'banktransfer wire wiretransfer eft directdebit standingorder przelew'),
  ...named('card', 'creditcard debitcard karta'),
  ...named('cheque', 'check czek'),
  ...named('online', 'paypal stripe blik payu internet'),
  ...named('in_kind', 'inkind gift rzeczowa rzeczowo'),
  ...named('other', 'inna inne'),
}

function named<Value extends string>(value: Value, others: string): Record<string, Value> {
  return Object.fromEntries([bare(value), ...others.split(' ')].map((name) => [name, value]))
}

function bare(text: string): string {
  return text === '' ? '' : fold(text).replace(/[^\p{L}\p{N}]/gu, '')
}

function problem(reason: string, field: string): RowProblem {
  return { reason, field }
}

/** What a row says, or what is wrong with it: the first thing from its left to its right. */
export function readGiftRow(cells: Cells, format: GiftFormat): GiftEntry | RowProblem {
  const giver = readGiver(cells)
  if ('reason' in giver) return giver
  const currency = (cells.currency ?? '').trim().toUpperCase() || format.currency
  if (!CURRENCIES.has(currency)) return problem('badCurrency', 'currency')
  const amount = readAmountCell(cells.amount ?? '', currency, format)
  if (typeof amount !== 'bigint') return amount
  const givenOn = readDate(cells.date ?? '', format.dateOrder)
  if (givenOn === null) return problem(cells.date?.trim() ? 'badDate' : 'noDate', 'date')
  if (givenOn > format.today) return problem('future', 'date')
  const rest = readRest(cells, format)
  if ('reason' in rest) return rest
  const credits = readCredits(cells.soft_credits ?? '', currency)
  return 'reason' in credits ? credits : { giver, currency, amount, givenOn, ...rest, credits }
}

export function readGiver(cells: Cells): Giver | RowProblem {
  const email = (cells.contact_email ?? '').trim()
  const [firstName, lastName] = [line(cells.contact_first_name), line(cells.contact_last_name)]
  if (email !== '' && pointProblem('email', email)) return problem('badEmail', 'contact_email')
  if (email === '' && firstName === '' && lastName === '') return problem('noContact', 'contact_email')
  if (firstName.length > MOST.name) return problem('long', 'contact_first_name')
  if (lastName.length > MOST.name) return problem('long', 'contact_last_name')
  return { email, firstName, lastName }
}

/** One line without what turns the direction of the text beside it. */
export function line(text: string | undefined): string {
  return inert(text ?? '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
}

function readAmountCell(text: string, currency: string, { decimalMark }: GiftFormat): bigint | RowProblem {
  const read = readColumnAmount(text, currency, decimalMark)
  if ('problem' in read) return problem(`amount.${read.problem}`, 'amount')
  if (read.amount === 0n) return problem('amount.zero', 'amount')
  return read.amount > MOST_AMOUNT ? problem('amount.huge', 'amount') : read.amount
}

type Rest = Pick<GiftEntry, 'fundId' | 'method' | 'type' | 'externalId' | 'note' | 'anonymous' | 'extra'>

function readRest(cells: Cells, { funds }: GiftFormat): Rest | RowProblem {
  const type = nameOf(TYPE_NAMES, cells.donation_type, 'one_off')
  if (!type) return problem('badType', 'donation_type')
  const method = nameOf(METHOD_NAMES, cells.payment_method, 'other')
  if (!method) return problem('badMethod', 'payment_method')
  const externalId = line(cells.external_id)
  if (externalId.length > MOST.externalId) return problem('long', 'external_id')
  const note = inert(cells.notes ?? '').trim()
  if (note.length > MOST.note) return problem('long', 'notes')
  const fund = fold(cells.fund ?? '')
  const fundId = fund === '' ? null : funds.get(fund)
  if (fundId === undefined) return problem('noFund', 'fund')
  const [anonymous, extra] = [readFlag(cells.anonymous), readFlag(cells.extra)]
  if (anonymous === null) return problem('badFlag', 'anonymous')
  if (extra === null) return problem('badFlag', 'extra')
  return { type, method, externalId: externalId || null, note, fundId, anonymous, extra }
}

const YES: ReadonlySet<string> = new Set(['yes', 'y', 'true', '1', 'x', 'tak', 't', 'prawda'])
const NO: ReadonlySet<string> = new Set(['', 'no', 'n', 'false', '0', 'nie', 'falsz'])

function readFlag(text: string | undefined): boolean | null {
  const word = bare(text ?? '')
  return YES.has(word) ? true : NO.has(word) ? false : null
}

function nameOf<Value extends string>(names: Readonly<Record<string, Value>>, text: string | undefined, none: Value) {
  const name = bare(text ?? '')
  return name === '' ? none : Object.hasOwn(names, name) ? names[name] : undefined
}
