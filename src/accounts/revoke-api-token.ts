import { and, eq, isNull } from 'drizzle-orm'
import { notifySessionEnded } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { writeAudit } from './audit'
import { type Ctx, requirePermission } from './context'
import { apiTokens } from './table'

/** The key is refused from the next request on, and what it listens to ends. Throws `not_found` for one that is revoked or of another workspace. */
export async function revokeApiToken(ctx: Ctx, input: { readonly id: string }): Promise<void> {
  requirePermission(ctx, 'tokens.manage')
  const [row] = await ctx.db
    .update(apiTokens)
    .set({ revokedAt: ctx.now })
    .where(and(eq(apiTokens.id, input.id), isNull(apiTokens.revokedAt)))
    .returning({ name: apiTokens.name })
  if (!row) throw new AppError('not_found', 'no such API key')
  await notifySessionEnded(ctx.db, input.id)
  await writeAudit(ctx, 'token.revoke', input.id, { name: row.name })
}
