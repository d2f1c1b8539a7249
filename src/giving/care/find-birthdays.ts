import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PlainDate } from '@/kernel/dates'
import { birthdaysWithin, nextBirthday } from './rules-birthdays'

export type Birthday = {
  readonly contactId: string
  readonly ownerId: string | null
  readonly on: PlainDate
}

type Row = Omit<Birthday, 'on'> & { readonly birthday: PlainDate }

/** Birthdays from today on, for so many days, the next first. Not of the deceased, nor of those nobody may contact. */
export async function findBirthdays(
  ctx: Pick<Ctx, 'db' | 'workspaceId'>,
  { today, days }: { readonly today: PlainDate; readonly days: number },
  whose: SQL = sql`true`,
): Promise<readonly Birthday[]> {
  const kept = sql.param(birthdaysWithin(today, days).map((day) => Number(day.replace('-', ''))))
  const rows = await ctx.db.execute<Row>(sql`
    select c.id as "contactId", c.owner_id as "ownerId", c.birthday::text as birthday from contacts c
    where c.workspace_id = ${ctx.workspaceId} and c.deleted_at is null and c.birthday is not null
      and c.deceased_on is null and not c.do_not_contact and ${whose}
      and c.birthday_key = any(${kept}::smallint[])`)
  const found = rows.map(({ birthday, ...row }) => ({ ...row, on: nextBirthday(birthday, today) }))
  return found.toSorted((a, b) => (a.on < b.on ? -1 : 1))
}
