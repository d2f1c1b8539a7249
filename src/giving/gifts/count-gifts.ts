import { sql } from 'drizzle-orm'

// The one definition of what statistics count and how much of it: RULES "Gift". Whatever sums gifts is made of these two,
// in queries where the table is called `gifts`. A gift counts on its own date; what was refunded later lowers it there.

/** A gift that counts: no refund, not voided, not given back in full. In-kind gifts too, which are shown apart. */
export const counted = sql`(gifts.reverses_id is null and gifts.voided_at is null and gifts.refunded < gifts.amount)`

/** What is left of it, minor units. */
export const net = sql`(gifts.amount - gifts.refunded)`

/** Of a counted gift: money, which sums add and instalments take. */
export const inMoney = sql`(gifts.method <> 'in_kind')`
