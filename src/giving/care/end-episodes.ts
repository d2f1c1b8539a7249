import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { resolveSignals } from '@/notifications/signals/resolve-signals'
import type { EpisodeKind, Resolution } from './rules-episodes'
import { careEpisodes } from './table'

type Scope = Pick<Ctx, 'workspaceId' | 'db' | 'now' | 'emit'>

/** How an ended thing is said: a gift that came, with what and when. */
export type EndFacts = {
  readonly by: Resolution
  readonly amount?: string
  readonly currency?: string
  readonly on?: string
}

const CHUNK = 5000

/**
 * Ends the open episodes of these subjects (pledges or contacts) and their signals, in the caller's transaction: chats that
 * were told hear of it. Answers how many ended.
 */
export async function endEpisodes(
  ctx: Scope,
  kind: EpisodeKind,
  subjectIds: readonly string[],
  resolution: Resolution,
  factsOf: (subjectId: string) => Omit<EndFacts, 'by'> = () => ({}),
): Promise<number> {
  let ended = 0
  for (let at = 0; at < subjectIds.length; at += CHUNK) {
    const rows = await closeEpisodes(ctx, kind, subjectIds.slice(at, at + CHUNK), resolution)
    const facts = rows.map(({ id, subjectId }) => ({ subjectId: id, facts: { by: resolution, ...factsOf(subjectId) } }))
    await resolveSignals(ctx, facts)
    ended += rows.length
  }
  if (ended > 0) await notifyPages(ctx.db, ctx.workspaceId, 'care')
  return ended
}

function closeEpisodes(ctx: Scope, kind: EpisodeKind, subjectIds: readonly string[], resolution: Resolution) {
  return ctx.db
    .update(careEpisodes)
    .set({ resolvedAt: ctx.now, resolution })
    .where(
      and(
        eq(careEpisodes.kind, kind),
        isNull(careEpisodes.resolvedAt),
        inArray(careEpisodes.subjectId, [...subjectIds]),
      ),
    )
    .returning({ id: careEpisodes.id, subjectId: careEpisodes.subjectId })
}
