import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'

const MOVED = ['tasks', 'touches', 'contact_consents'] as const

/** How to reach them, who belongs to them and what was done with them goes from one contact to another. */
export async function movePeople(ctx: Ctx, id: string, otherId: string): Promise<void> {
  for (const table of MOVED)
    await ctx.db.execute(sql`update ${sql.raw(table)} set contact_id = ${id} where contact_id = ${otherId}`)
  await movePoints(ctx, id, otherId)
  await moveGroups(ctx, id, otherId)
  await moveHousehold(ctx, id, otherId)
}

/** Those that are known already stay behind; of each kind the one that was primary stays so. */
async function movePoints({ db }: Ctx, id: string, otherId: string): Promise<void> {
  await db.execute(sql`
    update contact_points p set contact_id = ${id}, "primary" = p."primary" and not exists (
      select from contact_points k where k.contact_id = ${id} and k.kind = p.kind and k."primary")
    where p.contact_id = ${otherId} and not exists (
      select from contact_points k where k.contact_id = ${id} and k.kind = p.kind and k.folded = p.folded)`)
}

async function moveGroups({ db }: Ctx, id: string, otherId: string): Promise<void> {
  await db.execute(sql`
    insert into group_members (workspace_id, group_id, contact_id, created_at)
    select workspace_id, group_id, ${id}, created_at from group_members where contact_id = ${otherId}
    on conflict do nothing`)
  await db.execute(sql`delete from group_members where contact_id = ${otherId}`)
}

/** The people of a household that goes, and the household of a person who goes, unless there is one. */
async function moveHousehold({ db }: Ctx, id: string, otherId: string): Promise<void> {
  await db.execute(sql`update household_members set household_id = ${id} where household_id = ${otherId}`)
  await db.execute(sql`
    update household_members set contact_id = ${id}
    where contact_id = ${otherId} and not exists (select from household_members k where k.contact_id = ${id})`)
  await db.execute(sql`delete from household_members where contact_id = ${otherId}`)
}
