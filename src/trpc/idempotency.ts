import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { nameOf } from '@/accounts/audit'
import type { Ctx } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { idempotencyKeys } from './table'
import { transformer } from './transformer'

const LONGEST_KEY = 200
/** Older keys are forgotten: a program that comes again after a week means a new thing. */
const KEPT = '7 days'

/** The key that a program sent, or null. Throws `bad_input` for one that cannot be kept. */
export function keyOf(headers: Headers): string | null {
  const key = headers.get('idempotency-key')
  if (key === null || (key.length > 0 && key.length <= LONGEST_KEY)) return key
  throw new AppError('bad_input', 'a key of no length or too much', { reason: 'idempotency.badKey' })
}

/** What was asked: a key is for one request. */
export function fingerprintOf(path: string, input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([path, input]) ?? path)
    .digest('hex')
}

/**
 * Does `work` once for the actor and key: the second time, also at the same moment on another process, gives the first
 * one's answer and does nothing. Key and work share the transaction: what failed may be tried again.
 */
export async function doOnce(
  ctx: Ctx,
  { key, fingerprint }: { key: string; fingerprint: string },
  work: () => Promise<unknown>,
): Promise<unknown> {
  const actor = nameOf(ctx.actor)
  await forgetOld(ctx)
  // Whoever comes second waits here until the first has committed or failed.
  const fresh = await ctx.db
    .insert(idempotencyKeys)
    .values({ workspaceId: ctx.workspaceId, actor, key, fingerprint, createdAt: ctx.now })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  const own = and(eq(idempotencyKeys.actor, actor), eq(idempotencyKeys.key, key))
  if (fresh.length === 0) return readAnswer(ctx, own, fingerprint)
  const answer = await work()
  await ctx.db
    .update(idempotencyKeys)
    .set({ answer: transformer.serialize(answer) })
    .where(own)
  return answer
}

async function readAnswer(ctx: Ctx, own: ReturnType<typeof and>, fingerprint: string): Promise<unknown> {
  const [row] = await ctx.db.select().from(idempotencyKeys).where(own)
  if (row?.fingerprint !== fingerprint) {
    throw new AppError('conflict', 'a key of another request', { reason: 'idempotency.otherRequest' })
  }
  // Written by `doOnce` alone.
  return transformer.deserialize(row.answer as { json: unknown })
}

/** A few at a time, in passing; rows that another request forgets right now are left to it. */
async function forgetOld(ctx: Ctx): Promise<void> {
  const before = sql`${ctx.now.toISOString()}::timestamptz - ${KEPT}::interval`
  await ctx.db.execute(sql`delete from ${idempotencyKeys} where (workspace_id, actor, key) in (
    select workspace_id, actor, key from ${idempotencyKeys} where created_at < ${before}
    limit 100 for update skip locked)`)
}
