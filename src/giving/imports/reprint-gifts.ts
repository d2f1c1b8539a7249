import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { printOf } from './judge-gifts'
import { identityOf } from './rules-twins'

type Printed = {
  readonly id: string
  readonly contactId: string
  readonly givenOn: string
  readonly amount: string
  readonly currency: string
  readonly fundId: string | null
  readonly note: string
  readonly fingerprint: string
}

/**
 * What a file brought to one contact and is now another's is known under that one's name, numbered after what is there: the
 * same file, sent again, doubles nothing. Gifts that were edited since keep the name that their row had. Before they move.
 */
export async function reprintGifts(ctx: Ctx, fromId: string, toId: string): Promise<void> {
  const rows = await ctx.db.execute<Printed>(sql`
    select id, contact_id as "contactId", given_on::text as "givenOn", amount::text as amount, currency,
      fund_id as "fundId", note, fingerprint
    from gifts where contact_id = ${fromId} and fingerprint is not null`)
  const renamed = rows
    .filter((row) => printAs(row, fromId) === row.fingerprint)
    .map((row) => ({ id: row.id, print: printAs(row, toId) }))
  if (renamed.length === 0) return
  await ctx.db.execute(sql`
    with n as (select r.id, r.print, row_number() over (partition by r.print order by g.occurrence, g.id) as place
      from json_to_recordset(${JSON.stringify(renamed)}::json) r (id uuid, print text) join gifts g on g.id = r.id)
    update gifts g set fingerprint = n.print, occurrence = n.place
      + coalesce((select max(k.occurrence) from gifts k where k.workspace_id = g.workspace_id and k.fingerprint = n.print), 0)
    from n where g.id = n.id`)
}

function printAs({ amount, ...row }: Printed, contactId: string): string {
  return printOf(identityOf(contactId, { ...row, amount: BigInt(amount) }))
}
