import { lt } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import { onCron } from '@/jobs/define'
import { botUpdates } from '../table'

/** Telegram repeats an update for at most a day. https://core.telegram.org/bots/api#getting-updates */
const KEPT_MS = 2 * 86_400_000

export const forgetUpdates = onCron<Deps>({ id: 'forget-updates', cron: '17 3 * * *' }, async (deps, { step }) =>
  step.run('forget', async () => {
    await deps.db.delete(botUpdates).where(lt(botUpdates.receivedAt, new Date(deps.clock().getTime() - KEPT_MS)))
  }),
)
