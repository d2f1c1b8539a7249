import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members, users } from '@/accounts/table'
import { findContact } from '../contacts/visible-contacts'
import type { ListTouches, TouchPage } from './schema'
import { touches } from './table'

/** Of one contact, newest first, a page at a time. */
export async function listTouches(ctx: Ctx, { contactId, cursor, limit }: ListTouches): Promise<TouchPage> {
  requirePermission(ctx, 'tasks.read')
  await findContact(ctx, contactId)
  const [at, id] = cursor?.split('_') ?? []
  const before = at && id ? sql`(${touches.at}, ${touches.id}) < (${at}::timestamptz, ${id}::uuid)` : undefined
  const rows = await ctx.db
    .select({ touch: touches, memberName: users.name })
    .from(touches)
    .leftJoin(members, eq(members.id, touches.memberId))
    .leftJoin(users, eq(users.id, members.userId))
    .where(and(eq(touches.contactId, contactId), isNull(touches.deletedAt), before))
    .orderBy(desc(touches.at), desc(touches.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit).map(toListed)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { touches: page, nextCursor: last ? `${last.at}_${last.id}` : null }
}

type Row = { readonly touch: typeof touches.$inferSelect; readonly memberName: string | null }

function toListed({ touch, memberName }: Row): TouchPage['touches'][number] {
  const { id, contactId, kind, note, version } = touch
  return { id, contactId, kind, note, version, memberName, at: touch.at.toISOString() }
}
