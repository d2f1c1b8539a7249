import type { Database } from '@/db/client'
import { createJobClient, type JobMode } from '@/jobs/client'
import { dashboardOf, type JobsDesk } from '@/jobs/desk'
import { createHandler } from '@/jobs/engine/handler'
import { readRegistry } from '@/jobs/engine/registry'
import { declareFunctions } from '@/jobs/functions'
import type { Logger } from '@/observability/log'

/** The functions are read when they are first asked for: not every process has a use for all of them. */
export function openDesk(mode: JobMode, db: Database, log: Logger): JobsDesk {
  let registry: ReturnType<JobsDesk['registry']> | undefined
  const read = async () => {
    const { jobs } = await import('./jobs')
    // In embedded mode the SDK tells what it has to whoever asks in process, without signatures.
    const client = createJobClient({ mode: 'embedded', db, env: {}, log })
    const functions = declareFunctions(client, jobs)
    return readRegistry(createHandler(client, functions), functions)
  }
  return {
    mode,
    dashboard: mode === 'inngest' ? dashboardOf(process.env) : null,
    registry: () => {
      registry ??= read()
      return registry
    },
  }
}
