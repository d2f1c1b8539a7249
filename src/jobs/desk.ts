import type { JobMode } from './client'
import type { Registry } from './engine/registry'

/** What the page of jobs and the command line know of the jobs, beside their tables. */
export type JobsDesk = {
  readonly mode: JobMode
  /** Where the Inngest server shows its runs; null in embedded mode. */
  readonly dashboard: string | null
  /** Every function of this release, with its triggers. Read once, at the first call. */
  readonly registry: () => Promise<Registry>
}

/** Where the runs are seen when an Inngest server runs the jobs: of a dev server, one's own, or Inngest's cloud. */
export function dashboardOf(env: Readonly<Record<string, string | undefined>>): string {
  const { INNGEST_DASHBOARD_URL: told, INNGEST_DEV: dev, INNGEST_BASE_URL: own } = env
  if (told) return told
  if (dev?.startsWith('http')) return dev
  if (own) return own
  return dev && dev !== '0' ? 'http://localhost:8288' : 'https://app.inngest.com'
}
