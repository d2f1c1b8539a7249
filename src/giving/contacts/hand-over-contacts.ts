import { eq, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { contacts } from './table'

/** All of a member's contacts, deleted ones too, go to another member who has been checked. Answers how many. */
export async function handOverContacts(ctx: Ctx, fromId: string, toId: string): Promise<number> {
  const rows = await ctx.db
    .update(contacts)
    .set({ ownerId: toId, version: sql`${contacts.version} + 1`, updatedAt: ctx.now })
    .where(eq(contacts.ownerId, fromId))
    .returning({ deletedAt: contacts.deletedAt })
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts')
  return rows.filter(({ deletedAt }) => deletedAt === null).length
}
