import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { noMatch } from './queries'
import { setMatchState } from './set-match-state'
import { type MatchState, matches } from './table'

/** Gives the match that state, or takes it back when it has it already. Answers the state from now on. */
export async function toggleMatchState(ctx: Ctx, id: string, state: 'favourite' | 'ignored'): Promise<MatchState> {
  const [row] = await ctx.db.select({ state: matches.state }).from(matches).where(eq(matches.id, id)).for('update')
  if (!row) throw noMatch()
  const next = row.state === state ? 'seen' : state
  await setMatchState(ctx, [id], next)
  return next
}
