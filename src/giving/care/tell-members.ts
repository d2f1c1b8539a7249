import type { Ctx } from '@/accounts/context'
import { type NewSignal, recordSignals } from '@/notifications/signals/record-signal'
import { type Reached, readReaders } from './choose-readers'
import { bundle, isEpisodeKind } from './rules-episodes'

type Scope = Pick<Ctx, 'workspaceId' | 'db' | 'now' | 'emit'>

/** One thing worth telling about a contact. */
export type News = {
  /** The episode or gift that it is about: by it the signal is found again when that ends. */
  readonly subjectId: string
  /** Said once under this key, for each reader. */
  readonly key: string
  readonly ownerId: string | null
  readonly contactId: string
  /** A number that the list of many shows beside the name: days late, days silent. */
  readonly days: number
}

/** The words' facts of each; read only for what is told one by one, or stands in a list of many. */
export type FactsOf = (news: readonly News[]) => Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>

/** Names in a message that tells of many; the rest is a number. */
const LISTED = 10

/**
 * Tells each member their share of the news of one kind: up to five one by one, more in one message of kind `<kind>_many`;
 * the owners, where no channel reaches that member. Answers how many signals were written.
 */
export async function tellMembers(ctx: Scope, kind: string, news: readonly News[], factsOf: FactsOf): Promise<number> {
  if (news.length === 0) return 0
  const readers = await readReaders(ctx, kind)
  const shares = sharesOf(news, (item) => readers.of(item.ownerId))
  const reached = await readers.reach([...shares.keys()])
  const facts = await factsOf(shown(shares))
  const signals = [...shares].flatMap(([memberId, share]) =>
    (reached.get(memberId) ?? []).flatMap((reader) => signalsFor(kind, reader, share, facts)),
  )
  const told = await recordSignals(ctx, signals)
  return told.filter((id) => id !== null).length
}

type Shares = ReadonlyMap<string, readonly News[]>

function sharesOf(news: readonly News[], readersOf: (item: News) => readonly string[]): Shares {
  const shares = new Map<string, News[]>()
  for (const item of news) {
    for (const memberId of readersOf(item)) {
      const share = shares.get(memberId) ?? []
      share.push(item)
      shares.set(memberId, share)
    }
  }
  return shares
}

function shown(shares: Shares): readonly News[] {
  return [...shares.values()].flatMap((share) => {
    const told = bundle(share)
    return 'single' in told ? told.single : told.together.slice(0, LISTED)
  })
}

type Facts = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/** A signal without a channel stands in the timeline and the lists alone: then somebody else is told, too. */
function signalsFor(kind: string, reader: Reached, share: readonly News[], known: Facts): NewSignal[] {
  const { memberId, channelIds, insteadOf } = reader
  const signals = signalsOf(kind, memberId, share, known)
  return signals.map(({ facts, ...signal }) => ({
    ...signal,
    channelIds,
    facts: insteadOf === null ? facts : { ...facts, insteadOf },
  }))
}

function signalsOf(
  kind: string,
  memberId: string,
  share: readonly News[],
  facts: Facts,
): Omit<NewSignal, 'channelIds'>[] {
  const told = bundle(share)
  if ('single' in told) {
    return told.single.map(({ subjectId, contactId, key }) => ({
      kind,
      dedupeKey: `${key}:${memberId}`,
      subjectId,
      watchId: null,
      facts: { ...facts.get(subjectId), contactId: contactId || null },
    }))
  }
  const lines = told.together.slice(0, LISTED).map((item) => ({ ...facts.get(item.subjectId), ...lineOf(item) }))
  const [first] = told.together
  const dedupeKey = `${kind}_many:${first?.key}:${told.together.length}:${memberId}`
  const many = { count: told.together.length, lines }
  const parts = isEpisodeKind(kind) ? told.together.map(({ subjectId }) => subjectId) : []
  return [{ kind: `${kind}_many`, dedupeKey, subjectId: null, watchId: null, facts: many, parts }]
}

function lineOf({ subjectId, days }: News) {
  return { id: subjectId, days }
}
