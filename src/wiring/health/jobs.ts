import { engineHealth } from '@/jobs/queries'
import type { CheckPart } from './part'

/** A run may wait for a worker that is being restarted; longer means that nobody works. */
const MOST_LAG_SECONDS = 120

/** With an Inngest server in charge nothing waits here, so this part is well. */
export const checkJobsPart: CheckPart = async ({ db }) => {
  const { lagSeconds, workers } = await engineHealth(db)
  const figures = { lagSeconds: Math.round(lagSeconds), workers }
  if (lagSeconds <= MOST_LAG_SECONDS) return { state: 'ok', ...figures }
  return { state: 'down', detail: `jobs wait for ${figures.lagSeconds} s, ${workers} workers`, ...figures }
}
