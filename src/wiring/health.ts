import { checkDatabase } from '@/db/health'
import { checkBotPart } from './health/bot'
import { checkBrowserPart } from './health/browser'
import { checkDatabasePart, checkMigrationsPart } from './health/database'
import { checkJobsPart } from './health/jobs'
import { checkMailPart } from './health/mail'
import type { CheckPart, HealthDeps, HealthPart, HealthState } from './health/part'
import { checkScansPart } from './health/scans'
import { checkStoragePart } from './health/storage'

/** What is asked once the database answers and has the tables of this release. */
const PARTS = {
  jobs: checkJobsPart,
  scans: checkScansPart,
  mail: checkMailPart,
  storage: checkStoragePart,
  bot: checkBotPart,
  browser: checkBrowserPart,
}

export type Health = {
  readonly state: HealthState
  /** Whether to send people here: all but `down`. */
  readonly ok: boolean
  readonly parts: Readonly<Record<string, HealthPart>>
}

/** What a load balancer, the container's health check and a monitor ask. Never throws. */
export async function checkHealth(deps: HealthDeps): Promise<Health> {
  const database = await checkDatabase(deps.db)
  const ready = database.reached && database.missing.length === 0
  const rest = Object.entries(PARTS).map(async ([name, check]) => [name, await checkPart(deps, check, ready)] as const)
  const parts = {
    database: checkDatabasePart(database),
    migrations: checkMigrationsPart(database),
    ...Object.fromEntries(await Promise.all(rest)),
  }
  const state = worstOf(Object.values(parts))
  return { state, ok: state !== 'down', parts }
}

async function checkPart(deps: HealthDeps, check: CheckPart, ready: boolean): Promise<HealthPart> {
  if (!ready) return { state: 'down', detail: 'unknown' }
  try {
    return await check(deps)
  } catch {
    // What the error says is for the log of whoever runs into it, not for anybody who asks.
    return { state: 'degraded', detail: 'could not be checked' }
  }
}

function worstOf(parts: readonly HealthPart[]): HealthState {
  const states = new Set(parts.map(({ state }) => state))
  return (['down', 'degraded'] as const).find((state) => states.has(state)) ?? 'ok'
}
