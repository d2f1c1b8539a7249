import { onCron } from '@/jobs/define'
import type { BargainsDeps } from '../../deps'
import { forgetBadPages } from '../keep-bad-page'
import { forgetHours } from '../note-verdict'

/** Each night: history of hosts that no page shows any more, and kept pages that are old. */
export const pruneSources = onCron<BargainsDeps>(
  { id: 'prune-sources', cron: '23 3 * * *', concurrency: { limit: 1 } },
  async (deps, { step }) => {
    await step.run('hours', () => forgetHours(deps.db, deps.clock()))
    await step.run('pages', () => forgetBadPages(deps))
  },
)
