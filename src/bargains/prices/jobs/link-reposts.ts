import { onCron } from '@/jobs/define'
import type { BargainsDeps } from '../../deps'
import { linkRecent } from '../link-recent'

/** Every hour: an advert that was gone by a day when its like came may be its first listing. */
export const linkReposts = onCron<BargainsDeps>(
  { id: 'link-reposts', cron: '23 * * * *', concurrency: { limit: 1 }, retries: 1 },
  async (deps, { step }) => step.run('link', async () => ({ linked: await linkRecent(deps) })),
)
