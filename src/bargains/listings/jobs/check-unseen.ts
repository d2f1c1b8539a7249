import { onCron } from '@/jobs/define'
import type { BargainsDeps } from '../../deps'
import { checkOffers } from '../check-offers'

/** Every minute: the pages of new matches, and whether adverts that no search shows any more are still for sale. */
export const checkUnseen = onCron<BargainsDeps>(
  { id: 'check-unseen', cron: '* * * * *', concurrency: { limit: 1 }, retries: 0 },
  async (deps, { step }) => step.run('check', async () => ({ asked: await checkOffers(deps) })),
)
