import { sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { lockContacts } from '../gifts/lock-contacts'
import { recomputeContacts } from '../gifts/recompute-contacts'

/** The gifts that were thanked: what an undo takes back. */
export type Thanked = { readonly contactId: string; readonly giftIds: readonly string[] }

/** Thanking a contact thanks its open gifts: all of them, or those named. Throws `not_found` where none waits. */
export async function thankContact(
  ctx: Ctx,
  contactId: string,
  giftIds: readonly string[] | null = null,
): Promise<Thanked> {
  requirePermission(ctx, 'gifts.write')
  await lockContacts(ctx, [contactId])
  const named = giftIds === null ? sql`true` : sql`id = any(${sql.param([...giftIds])}::uuid[])`
  const rows = await ctx.db.execute<{ id: string }>(sql`
    update gifts set thanked_at = ${ctx.now.toISOString()}, version = version + 1
    where workspace_id = ${ctx.workspaceId} and contact_id = ${contactId} and thanks_due and thanked_at is null and ${named}
    returning id`)
  if (rows.length === 0) throw new AppError('not_found', 'nothing to thank', { reason: 'care.nothingToThank' })
  return settle(ctx, 'gift.thank', contactId, rows)
}

/** The undo: they wait for thanks again. */
export async function unthankGifts(ctx: Ctx, { contactId, giftIds }: Thanked): Promise<Thanked> {
  requirePermission(ctx, 'gifts.write')
  await lockContacts(ctx, [contactId])
  const rows = await ctx.db.execute<{ id: string }>(sql`
    update gifts set thanked_at = null, version = version + 1
    where workspace_id = ${ctx.workspaceId} and contact_id = ${contactId} and thanked_at is not null
      and id = any(${sql.param([...giftIds])}::uuid[])
    returning id`)
  return settle(ctx, 'gift.unthank', contactId, rows)
}

async function settle(
  ctx: Ctx,
  action: string,
  contactId: string,
  rows: readonly { readonly id: string }[],
): Promise<Thanked> {
  const giftIds = rows.map(({ id }) => id)
  await recomputeContacts(ctx, [contactId])
  await writeAudit(ctx, action, contactId, { giftIds })
  await notifyPages(ctx.db, ctx.workspaceId, 'gifts')
  await notifyPages(ctx.db, ctx.workspaceId, 'care')
  return { contactId, giftIds }
}
