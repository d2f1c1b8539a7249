import { onCron } from '@/jobs/define'
import type { BargainsDeps } from '../../deps'
import { forgetListings, forgetPushes } from '../forget-listings'
import { sweepSnapshots } from '../sweep-snapshots'

/** Each night: what nobody needs any more goes, from the database and from the storage. */
export const tidyListings = onCron<BargainsDeps>(
  { id: 'tidy-listings', cron: '41 3 * * *', concurrency: { limit: 1 }, retries: 2 },
  async (deps, { step }) => {
    const listings = await step.run('listings', () => forgetListings(deps))
    const pushes = await step.run('pushes', () => forgetPushes(deps))
    const swept = await step.run('snapshots', () => sweepSnapshots(deps))
    return { listings, pushes, ...swept }
  },
)
