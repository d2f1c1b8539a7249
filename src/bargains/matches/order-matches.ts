import { type SQL, sql } from 'drizzle-orm'
import { AppError } from '@/kernel/app-error'
import { listings } from '../listings/table'
import type { MatchRow } from './describe-match'
import type { ListMatches } from './schema'
import { matches } from './table'

type Row = Pick<MatchRow, 'match' | 'listing'>

/** How a list of matches is sorted, and where its page begins. */
export type Order = {
  readonly by: readonly SQL[]
  /** Only what comes after the cursor. */
  readonly after: SQL | undefined
  /** The cursor of the page that begins after this row. */
  readonly cursorOf: (row: Row) => string
}

/**
 * The order of a list. Amounts of different currencies are not compared: by price, those in `leading` come first, then the
 * other currencies by their codes, then what has no figure. `leading` is asked for the first page, and kept in its cursor.
 */
export async function orderOf(
  { sort, cursor }: Pick<ListMatches, 'sort' | 'cursor'>,
  leading: () => Promise<string>,
): Promise<Order> {
  if (sort === 'newest') return newestFirst(cursor ?? null)
  const place = cursor ? readPlace(cursor) : null
  return byPrice(sort, place?.leading ?? (await leading()), place)
}

const NEWEST = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/

function newestFirst(cursor: string | null): Order {
  const [, at, id] = (cursor && NEWEST.exec(cursor)) || []
  if (cursor && !(at && id)) throw badCursor()
  return {
    by: [sql`${matches.matchedAt} desc`, sql`${matches.id} desc`],
    after: cursor ? sql`(${matches.matchedAt}, ${matches.id}) < (${at}::timestamptz, ${id}::uuid)` : undefined,
    cursorOf: ({ match }) => `${match.matchedAt.toISOString()}_${match.id}`,
  }
}

type PriceSort = Exclude<ListMatches['sort'], 'newest'>
/** Where a page by price ended. Currencies are empty where there is none; the amount is minor units. */
type Place = {
  readonly leading: string
  readonly currency: string
  readonly amount: bigint | null
  readonly id: string
}

const PRICE = /^([A-Z]{3})?\.([A-Z]{3})?\.(\d{1,18})?_([\da-f-]{36})$/

function readPlace(cursor: string): Place {
  const [, leading = '', currency = '', amount, id] = PRICE.exec(cursor) ?? []
  if (!id) throw badCursor()
  return { leading, currency, amount: amount === undefined ? null : BigInt(amount), id }
}

function byPrice(sort: PriceSort, leading: string, place: Place | null): Order {
  const { amount, currency } = listings
  const figure = sort === 'cheapest' ? sql`${amount}` : sql`-${amount}`
  const keys = [
    sql`case when ${amount} is null then 2 when ${currency} = ${leading} then 0 else 1 end`,
    sql`case when ${amount} is null then '' else coalesce(${currency}, '') end`,
    sql`coalesce(${figure}, 0)`,
    sql`${matches.id}`,
  ]
  return {
    by: keys,
    after: place ? sql`(${sql.join(keys, sql`, `)}) > (${sql.join(placeKeys(sort, place), sql`, `)})` : undefined,
    cursorOf: ({ match, listing }) => `${leading}.${listing.currency ?? ''}.${listing.amount ?? ''}_${match.id}`,
  }
}

function placeKeys(sort: PriceSort, { leading, currency, amount, id }: Place): SQL[] {
  if (amount === null) return [sql`2`, sql`''`, sql`0`, sql`${id}::uuid`]
  const figure = sort === 'cheapest' ? amount : -amount
  const rank = currency === leading ? 0 : 1
  return [sql`${rank}::int`, sql`${currency}::text`, sql`${figure.toString()}::bigint`, sql`${id}::uuid`]
}

function badCursor(): AppError {
  return new AppError('bad_input', 'a cursor of another list', { reason: 'match.badCursor' })
}
