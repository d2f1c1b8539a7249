import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { ofVisibleContact } from '../contacts/visible-contacts'
import { lockContacts } from '../gifts/lock-contacts'
import type { Pause } from './rules'
import type { Terms } from './rules-schedule'
import { pledgePauses, pledges, pledgeTerms } from './table'

export type PledgeRow = typeof pledges.$inferSelect

export function noPledge(): AppError {
  return new AppError('not_found', 'no such pledge', { reason: 'pledge.notFound' })
}

/** Throws `not_found` for a pledge of another workspace, or of a contact that the actor does not see. */
export async function findPledge(ctx: Ctx, id: string): Promise<PledgeRow> {
  const [row] = await ctx.db
    .select()
    .from(pledges)
    .where(and(eq(pledges.id, id), ofVisibleContact(ctx, pledges.contactId)))
  if (!row) throw noPledge()
  return row
}

/** The pledge with its contact locked. Throws `conflict` when somebody changed it since `version`. */
export async function lockPledge(ctx: Ctx, { id, version }: { id: string; version?: number | undefined }) {
  const seen = await findPledge(ctx, id)
  await lockContacts(ctx, [seen.contactId])
  const now = await findPledge(ctx, id)
  if (now.contactId === seen.contactId && (version === undefined || now.version === version)) return now
  throw new AppError('conflict', 'somebody changed this pledge meanwhile', { reason: 'pledge.changed' })
}

/** Nothing changes any more in one that was cancelled or completed, until it is reopened. */
export function refuseClosed({ cancelledOn, completedOn }: PledgeRow): void {
  if (cancelledOn === null && completedOn === null) return
  throw new AppError('conflict', 'this pledge is closed', { reason: 'pledge.closed' })
}

export type Parts = {
  readonly terms: readonly Terms[]
  readonly pauses: readonly (Pause & { readonly id: string; readonly reason: string })[]
}

/** Terms and pauses of each pledge, oldest first. */
export async function readParts(ctx: Pick<Ctx, 'db'>, ids: readonly string[]): Promise<ReadonlyMap<string, Parts>> {
  const { db } = ctx
  const [terms, pauses] = [
    await db
      .select()
      .from(pledgeTerms)
      .where(inArray(pledgeTerms.pledgeId, [...ids]))
      .orderBy(asc(pledgeTerms.fromOn)),
    await db
      .select()
      .from(pledgePauses)
      .where(inArray(pledgePauses.pledgeId, [...ids]))
      .orderBy(asc(pledgePauses.fromOn)),
  ]
  const termsOf = Map.groupBy(terms, (row) => row.pledgeId)
  const pausesOf = Map.groupBy(pauses, (row) => row.pledgeId)
  return new Map(ids.map((id) => [id, { terms: termsOf.get(id) ?? [], pauses: pausesOf.get(id) ?? [] }]))
}
