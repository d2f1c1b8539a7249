import { jobMode } from '@/jobs/client'
import { syncFunctions } from '@/jobs/sync-functions'
import type { Console } from './console'
import type { Prepared } from './prepare'

/**
 * Tells the Inngest server which functions this release has, where one is in charge. A server that is away does not keep
 * Gleaner from starting: it may be what starts next.
 */
export async function registerFunctions({ settings, env }: Prepared, console: Console): Promise<void> {
  if (jobMode(env) === 'embedded' || settings.GLEANER_PROCESS === 'worker') return
  try {
    await console.step(
      'Inngest',
      () => syncFunctions(`http://localhost:${settings.PORT}`),
      (said) => said,
    )
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error)
    console.warn(`The functions are not registered with Inngest; npx gleaner jobs sync tries again. ${trouble}`)
  }
}
