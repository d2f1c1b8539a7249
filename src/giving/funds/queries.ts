import { asc, isNull, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import type { ListedFund } from './schema'
import { funds } from './table'

/** Every fund, the archived ones last. */
export async function listFunds(ctx: Ctx): Promise<ListedFund[]> {
  requirePermission(ctx, 'gifts.read')
  const rows = await ctx.db.select().from(funds).orderBy(sql`${funds.archivedAt} is not null`, asc(funds.folded))
  return rows.map(({ id, name, archivedAt }) => ({ id, name, archived: archivedAt !== null }))
}

type ForFund = { readonly fundId: string | null }

/** Throws `not_found` when one of the funds is another workspace's, or archived: nothing new is given for that. */
export async function checkFunds(ctx: Ctx, entries: readonly ForFund[]): Promise<void> {
  const wanted = new Set(entries.flatMap(({ fundId }) => (fundId === null ? [] : [fundId])))
  if (wanted.size === 0) return
  const open = await ctx.db.select({ id: funds.id }).from(funds).where(isNull(funds.archivedAt))
  const known = new Set(open.map(({ id }) => id))
  if ([...wanted].every((id) => known.has(id))) return
  throw new AppError('not_found', 'no such fund', { reason: 'fund.notFound', values: { field: 'fundId' } })
}

export function noFund(): AppError {
  return new AppError('not_found', 'no such fund', { reason: 'fund.notFound' })
}
