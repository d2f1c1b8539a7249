import { lt, or } from 'drizzle-orm'
import { onCron } from '@/jobs/define'
import type { Deps } from '../context'
import { sweepAttempts } from '../limit-attempts'
import { sessions } from '../table'

/** Long enough to ask who was signed in when something went wrong. */
const KEPT_MS = 90 * 86_400_000

/** Forgets sessions that ended long ago, and counts of attempts whose window is over. */
export const sweepAccounts = onCron<Deps>({ id: 'sweep-accounts', cron: '27 3 * * *' }, async (deps, { step }) =>
  step.run('sweep', () => sweep(deps)),
)

export async function sweep(deps: Deps): Promise<void> {
  const before = new Date(deps.clock().getTime() - KEPT_MS)
  await deps.db.delete(sessions).where(or(lt(sessions.expiresAt, before), lt(sessions.revokedAt, before)))
  await sweepAttempts(deps.db, deps.clock())
}
