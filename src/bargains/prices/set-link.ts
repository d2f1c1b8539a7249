import { and, eq, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { listingLinks, listingUnlinks } from './table'

export type LinkChange = {
  readonly listingId: string
  readonly earlierId: string
  /** False takes the pair apart, true joins it again. */
  readonly linked: boolean
}

/** Takes two adverts apart in this workspace, or joins them again. What it took apart no later scan joins. */
export async function setLink(ctx: Ctx, { listingId, earlierId, linked }: LinkChange): Promise<void> {
  requirePermission(ctx, 'matches.write')
  const pair = and(eq(listingLinks.listingId, listingId), eq(listingLinks.earlierId, earlierId))
  const [known] = await ctx.db.select({ kind: listingLinks.kind }).from(listingLinks).where(pair)
  if (!known || !(await isShown(ctx, listingId, earlierId))) {
    throw new AppError('not_found', 'no such pair', { reason: 'match.notFound' })
  }
  if (linked) {
    await ctx.db
      .delete(listingUnlinks)
      .where(and(eq(listingUnlinks.listingId, listingId), eq(listingUnlinks.earlierId, earlierId)))
  } else {
    const { workspaceId, now } = ctx
    await ctx.db
      .insert(listingUnlinks)
      .values({ workspaceId, listingId, earlierId, createdAt: now })
      .onConflictDoNothing()
  }
  await writeAudit(ctx, linked ? 'listing.link' : 'listing.unlink', listingId, { earlierId, kind: known.kind })
  await notifyPages(ctx.db, ctx.workspaceId, 'matches')
}

/** A pair is taken apart where it is shown: in the record of one of its adverts, or of a later one of the ladder. */
async function isShown({ db }: Ctx, listingId: string, earlierId: string): Promise<boolean> {
  const rows = await db.execute(sql`
    with recursive later as (
      select id from unnest(array[${listingId}, ${earlierId}]::uuid[]) as id
      union
      select k.listing_id from later l join listing_links k on k.earlier_id = l.id and k.kind = 'repost')
    select 1 from matches m join later l on l.id = m.listing_id limit 1`)
  return rows.length > 0
}
