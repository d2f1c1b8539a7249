import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { notifyPages } from '@/db/notify-pages'
import { fold } from '@/kernel/text'
import { groups } from './table'

/**
 * A member's personal groups become another member's, who has been checked. One whose name the heir uses already is called
 * after whose it was: two of a name could not be told apart. Answers how many.
 */
export async function handOverGroups(ctx: Ctx, fromId: string, toId: string): Promise<number> {
  const live = (memberId: string) => and(eq(groups.memberId, memberId), isNull(groups.deletedAt))
  const own = await ctx.db.select().from(groups).where(live(fromId))
  if (own.length === 0) return 0
  const taken = new Set((await ctx.db.select().from(groups).where(live(toId))).map(({ folded }) => folded))
  const whose = await nameOfMember(ctx, fromId)
  for (const { id, name, folded } of own.filter((group) => taken.has(group.folded))) {
    const next = freeName(`${name} (${whose})`, taken)
    taken.add(fold(next)).add(folded)
    await ctx.db
      .update(groups)
      .set({ name: next, folded: fold(next), memberId: toId })
      .where(eq(groups.id, id))
  }
  const ids = own.map(({ id }) => id)
  await ctx.db.update(groups).set({ memberId: toId }).where(inArray(groups.id, ids))
  await notifyPages(ctx.db, ctx.workspaceId, 'groups')
  return own.length
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let at = 2; taken.has(fold(free)); at++) free = `${name} ${at}`
  return free
}

async function nameOfMember(ctx: Ctx, memberId: string): Promise<string> {
  const [row] = await ctx.db
    .select({ name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.id, memberId))
  return row?.name ?? ''
}
