import { and, eq, isNull, ne } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { fold } from '@/kernel/text'
import { noFund } from './queries'
import { funds } from './table'

/** A new purpose of gifts. Throws at the field when there is one of that name. */
export async function createFund(ctx: Ctx, { name }: { name: string }): Promise<{ id: string }> {
  requirePermission(ctx, 'gifts.write')
  const id = newId()
  await refuseTwice(ctx, id, name)
  await ctx.db.insert(funds).values({ id, workspaceId: ctx.workspaceId, name, folded: fold(name), createdAt: ctx.now })
  await writeAudit(ctx, 'fund.create', id, { name })
  return { id }
}

export async function renameFund(ctx: Ctx, { id, name }: { id: string; name: string }): Promise<{ id: string }> {
  await refuseTwice(ctx, id, name)
  return change(ctx, id, { name, folded: fold(name) }, 'fund.rename')
}

/** Nothing new is given for it; what was given stays. */
export async function archiveFund(ctx: Ctx, id: string): Promise<{ id: string }> {
  return change(ctx, id, { archivedAt: ctx.now }, 'fund.archive')
}

export async function restoreFund(ctx: Ctx, id: string): Promise<{ id: string }> {
  const [row] = await ctx.db.select().from(funds).where(eq(funds.id, id))
  if (row) await refuseTwice(ctx, id, row.name)
  return change(ctx, id, { archivedAt: null }, 'fund.restore')
}

async function change(ctx: Ctx, id: string, values: Partial<typeof funds.$inferInsert>, action: string) {
  requirePermission(ctx, 'gifts.write')
  const changed = await ctx.db.update(funds).set(values).where(eq(funds.id, id)).returning({ id: funds.id })
  if (changed.length === 0) throw noFund()
  await writeAudit(ctx, action, id)
  return { id }
}

async function refuseTwice(ctx: Ctx, id: string, name: string): Promise<void> {
  const same = and(eq(funds.folded, fold(name)), isNull(funds.archivedAt), ne(funds.id, id))
  const [twin] = await ctx.db.select({ id: funds.id }).from(funds).where(same)
  if (twin) throw new AppError('conflict', 'a fund of that name', { reason: 'fund.exists', values: { field: 'name' } })
}
