import { and, eq } from 'drizzle-orm'
import type { Actor, Ctx } from '@/accounts/context'
import { requirePermission } from '@/accounts/context'
import { may } from '@/accounts/rules-permissions'
import { members } from '@/accounts/table'
import { AppError } from '@/kernel/app-error'
import type { ImportKind, ImportState } from './rules'
import { imports } from './table'

export type ImportRecord = typeof imports.$inferSelect

/** Who may import that kind may look at it; who sees their own contacts alone, their own imports. */
export function requireKind(ctx: Pick<Ctx, 'actor'>, kind: ImportKind): void {
  requirePermission(ctx, kind === 'gifts' ? 'gifts.write' : 'contacts.write')
}

/** A condition on `imports`: those that the actor may look at. */
export function ownImports({ actor }: Pick<Ctx, 'actor'>) {
  return actor.kind === 'job' || may(actor.role, 'contacts.all') ? undefined : eq(imports.memberId, actor.memberId)
}

/** Throws `not_found` for another workspace's, and for another member's where the actor sees their own. */
export async function findImport(ctx: Ctx, id: string, lock = false): Promise<ImportRecord> {
  const query = ctx.db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), ownImports(ctx)))
  const [row] = lock ? await query.for('update') : await query
  if (!row) throw new AppError('not_found', 'no such import', { reason: 'import.notFound' })
  return row
}

/** Throws `conflict` unless it stands in one of these states. */
export function requireState(row: ImportRecord, ...states: readonly ImportState[]): void {
  if (states.includes(row.state)) return
  throw new AppError('conflict', `the import is ${row.state}`, { reason: 'import.otherState' })
}

/** A job works as whoever sent the file: it sees no more than they do. The command line's sees all. */
export async function asSender(ctx: Ctx, { memberId, createdBy }: ImportRecord): Promise<Ctx> {
  if (memberId === null && createdBy.startsWith('job:')) return ctx
  const [row] = memberId === null ? [] : await ctx.db.select().from(members).where(eq(members.id, memberId))
  if (!row) throw new AppError('forbidden', 'who sent the file is no member', { reason: 'import.senderGone' })
  const actor: Actor = { kind: 'member', memberId: row.id, userId: row.userId, role: row.role }
  return { ...ctx, actor }
}
