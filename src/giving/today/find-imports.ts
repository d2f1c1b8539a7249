import { and, desc, gte, inArray } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { may } from '@/accounts/rules-permissions'
import { ownImports } from '../imports/find-import'
import { imports } from '../imports/table'
import type { ShownToday } from './schema'

const FRESH_MS = 24 * 3_600_000
const SHOWN = 3

/** Imports that ended since yesterday or stand still, the newest first: for whoever may look at them. */
export async function findFreshImports(ctx: Ctx): Promise<ShownToday['imports']> {
  if (ctx.actor.kind !== 'job' && !may(ctx.actor.role, 'gifts.write')) return []
  const since = new Date(ctx.now.getTime() - FRESH_MS)
  const rows = await ctx.db
    .select({ id: imports.id, fileName: imports.fileName, state: imports.state, counts: imports.counts })
    .from(imports)
    .where(and(inArray(imports.state, ['done', 'undone', 'stopped']), gte(imports.movedAt, since), ownImports(ctx)))
    .orderBy(desc(imports.movedAt))
    .limit(SHOWN)
  return rows.map(({ counts, ...row }) => ({ ...row, added: counts?.new ?? 0, errors: counts?.error ?? 0 }))
}
