import type { Deps } from '@/accounts/context'
import { checkDatabase, type DatabaseState } from '@/db/health'
import { engineHealth } from '@/jobs/queries'

/** One part of the installation: `detail` says what is wrong, without secrets. */
export type HealthPart = { readonly ok: boolean; readonly detail?: string }

export type Health = { readonly ok: boolean; readonly parts: Readonly<Record<string, HealthPart>> }

/** What a load balancer and the container's health check ask. */
export async function checkHealth(deps: Deps): Promise<Health> {
  const database = await checkDatabase(deps.db)
  const jobs = await jobsPart(deps, database)
  const parts = { database: databasePart(database), migrations: migrationsPart(database), jobs }
  return { ok: Object.values(parts).every((part) => part.ok), parts }
}

function databasePart(state: DatabaseState): HealthPart {
  return state.reached ? { ok: true } : { ok: false, detail: 'the database does not answer' }
}

function migrationsPart(state: DatabaseState): HealthPart {
  if (!state.reached) return { ok: false, detail: 'unknown' }
  return state.missing.length === 0 ? { ok: true } : { ok: false, detail: `missing: ${state.missing.join(', ')}` }
}

/** A run may wait for a worker that is being restarted; longer means that nobody works. */
const MOST_LAG_SECONDS = 120

/** With an Inngest server in charge nothing waits here, so this part is well. */
async function jobsPart(deps: Deps, state: DatabaseState): Promise<HealthPart> {
  if (!state.reached || state.missing.length > 0) return { ok: false, detail: 'unknown' }
  const { lagSeconds, workers } = await engineHealth(deps.db)
  const late = lagSeconds > MOST_LAG_SECONDS
  return late ? { ok: false, detail: `jobs wait for ${Math.round(lagSeconds)} s, ${workers} workers` } : { ok: true }
}
