import type { GiftEntry } from './rules-gift-row'

/** A row that may be a gift: whose, what, and its how-manieth in the file. */
export type Candidate = {
  readonly line: number
  readonly contactId: string
  readonly entry: GiftEntry
  readonly fingerprint: string
  readonly occurrence: number
}

/** A gift that was typed, or has no number and no fingerprint: known by what it is. */
export type TypedGift = {
  readonly id: string
  readonly contactId: string
  readonly givenOn: string
  readonly amount: bigint
  readonly currency: string
  readonly fundId: string | null
  readonly note: string
}

/** What is known of a file's rows before: two parts of a file are judged as one. */
export type Seen = { readonly lines: Map<string, number>; readonly typed: Set<string> }

export function nothingSeen(): Seen {
  return { lines: new Map(), typed: new Set() }
}

export type Ledger = {
  /** Id of the gift by its number elsewhere. */
  readonly external: ReadonlyMap<string, string>
  /** Id of the gift by fingerprint and occurrence. */
  readonly printed: ReadonlyMap<string, string>
  readonly typed: readonly TypedGift[]
}

export type GiftVerdict = {
  readonly verdict: 'new' | 'duplicate' | 'possible'
  readonly twinId: string | null
  readonly twinLine: number | null
}

const NEW: GiftVerdict = { verdict: 'new', twinId: null, twinLine: null }

/** RULES "Import": contact, date, amount, fund and text; with an occurrence it is a gift's identity where it has no number. */
export function identityOf(
  contactId: string,
  entry: Pick<GiftEntry, 'givenOn' | 'amount' | 'currency' | 'fundId' | 'note'>,
): string {
  const { givenOn, amount, currency, fundId, note } = entry
  return [contactId, givenOn, amount, currency, fundId ?? '', note].join('\n')
}

export function printKey(fingerprint: string, occurrence: number): string {
  return `${fingerprint}/${occurrence}`
}

/** Numbers equal rows from 1, over all that it is asked: two equal gifts on a day are two, and the same file twice is the same two. */
export function numberRows(): (identity: string) => number {
  const seen = new Map<string, number>()
  return (identity) => {
    const occurrence = (seen.get(identity) ?? 0) + 1
    seen.set(identity, occurrence)
    return occurrence
  }
}

/** What each row is beside the ledger and the rows before it. A typed gift is the twin of one row at most. */
export function findTwins(rows: readonly Candidate[], ledger: Ledger, seen: Seen = nothingSeen()): GiftVerdict[] {
  const free = ledger.typed.filter(({ id }) => !seen.typed.has(id))
  const typed = Map.groupBy(free, placeOf)
  return rows.map((row) => {
    const { externalId } = row.entry
    const verdict =
      externalId === null ? byPrint(row, ledger, typed) : byNumber(externalId, row, ledger, seen.lines, typed)
    if (externalId !== null && !seen.lines.has(externalId)) seen.lines.set(externalId, row.line)
    if (verdict.twinId !== null) seen.typed.add(verdict.twinId)
    return verdict
  })
}

type Typed = Map<string, TypedGift[]>

function placeOf({ contactId, givenOn, amount, currency }: Omit<TypedGift, 'id' | 'fundId' | 'note'>): string {
  return [contactId, givenOn, amount, currency].join('\n')
}

function byNumber(id: string, row: Candidate, ledger: Ledger, lines: Map<string, number>, typed: Typed): GiftVerdict {
  const [twinId, twinLine] = [ledger.external.get(id), lines.get(id)]
  if (twinId !== undefined) return { verdict: 'duplicate', twinId, twinLine: null }
  if (twinLine !== undefined) return { verdict: 'duplicate', twinId: null, twinLine }
  return possible(row, typed)
}

function byPrint(row: Candidate, ledger: Ledger, typed: Typed): GiftVerdict {
  const known = ledger.printed.get(printKey(row.fingerprint, row.occurrence))
  if (known !== undefined) return { verdict: 'duplicate', twinId: known, twinLine: null }
  const same = identityOf(row.contactId, row.entry)
  const equal = take(row, typed, (gift) => identityOf(gift.contactId, gift) === same)
  return equal ? { verdict: 'duplicate', twinId: equal.id, twinLine: null } : possible(row, typed)
}

function possible(row: Candidate, typed: Typed): GiftVerdict {
  const near = take(row, typed, () => true)
  return near ? { verdict: 'possible', twinId: near.id, twinLine: null } : NEW
}

/** The first that fits, which is then nobody else's twin. */
function take(
  { contactId, entry }: Candidate,
  typed: Typed,
  fits: (gift: TypedGift) => boolean,
): TypedGift | undefined {
  const there = typed.get(placeOf({ contactId, ...entry }))
  const at = there?.findIndex(fits) ?? -1
  return at < 0 ? undefined : there?.splice(at, 1)[0]
}
