import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { showPrices } from '../prices/queries'
import { setLinkSchema, shownPricesSchema, watchPricesSchema } from '../prices/schema'
import { setLink } from '../prices/set-link'
import { getMatch, listHistory, listMatches } from './queries'
import { findSnapshotBlob, readSnapshot } from './read-snapshot'
import {
  historySchema,
  listMatchesSchema,
  matchIdSchema,
  matchPageSchema,
  setNoteSchema,
  setStateSchema,
  shownMatchSchema,
  snapshotIdSchema,
} from './schema'
import { setMatchNote } from './set-match-note'
import { setMatchState } from './set-match-state'

const tags = ['matches']

export const matchesRouter = router({
  list: workspaceProcedure('watches.read')
    .meta({ openapi: { method: 'GET', path: '/matches', tags, summary: 'Listings that passed a watch' } })
    .input(listMatchesSchema)
    .output(matchPageSchema)
    .query(({ ctx, input }) => listMatches(ctx.scope, input)),
  get: workspaceProcedure('watches.read')
    .meta({ openapi: { method: 'GET', path: '/matches/{id}', tags, summary: 'A match with its prices and reasons' } })
    .input(matchIdSchema)
    .output(shownMatchSchema)
    .query(({ ctx, input }) => getMatch(ctx.scope, input.id)),
  history: workspaceProcedure('watches.read')
    .meta({ openapi: { method: 'GET', path: '/matches/{id}/history', tags, summary: 'The prices of its listing' } })
    .input(matchIdSchema)
    .output(historySchema)
    .query(({ ctx, input }) => listHistory(ctx.scope, input.id)),
  /** What the matches of a watch cost over time, and their drops. */
  prices: workspaceProcedure('watches.read')
    .input(watchPricesSchema)
    .output(shownPricesSchema)
    .query(({ ctx, input }) => showPrices(ctx.scope, input.watchId)),
  setState: workspaceProcedure('matches.write')
    .input(setStateSchema)
    .mutation(({ ctx, input }) => setMatchState(ctx.scope, input.ids, input.state)),
  setNote: workspaceProcedure('matches.write')
    .input(setNoteSchema)
    .mutation(({ ctx, input }) => setMatchNote(ctx.scope, input.id, input.note)),
  /** Takes two adverts of the same thing apart in this workspace, or joins them again. */
  setLink: workspaceProcedure('matches.write')
    .input(setLinkSchema)
    .mutation(({ ctx, input }) => setLink(ctx.scope, input)),
  /** The page that a snapshot was taken of, in base64. */
  snapshot: gateProcedure('watches.read')
    .input(snapshotIdSchema)
    .query(async ({ ctx, input }) =>
      readSnapshot(ctx.deps.storage, await ctx.open((scope) => findSnapshotBlob(scope, input))),
    ),
  /** The id of a watch whose matches changed, or null: read everything again. */
  live: gateProcedure('watches.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (note.topic === 'connected' || note.topic === 'matches') yield { watchId: note.id }
    }
  }),
})
