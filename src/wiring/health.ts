import type { Deps } from '@/accounts/context'
import { checkDatabase, type DatabaseState } from '@/db/health'

/** One part of the installation: `detail` says what is wrong, without secrets. */
export type HealthPart = { readonly ok: boolean; readonly detail?: string }

export type Health = { readonly ok: boolean; readonly parts: Readonly<Record<string, HealthPart>> }

/** What a load balancer and the container's health check ask. */
export async function checkHealth(deps: Deps): Promise<Health> {
  const database = await checkDatabase(deps.db)
  const parts = { database: databasePart(database), migrations: migrationsPart(database) }
  return { ok: Object.values(parts).every((part) => part.ok), parts }
}

function databasePart(state: DatabaseState): HealthPart {
  return state.reached ? { ok: true } : { ok: false, detail: 'the database does not answer' }
}

function migrationsPart(state: DatabaseState): HealthPart {
  if (!state.reached) return { ok: false, detail: 'unknown' }
  return state.missing.length === 0 ? { ok: true } : { ok: false, detail: `missing: ${state.missing.join(', ')}` }
}
