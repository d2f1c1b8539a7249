import type { Deps } from '@/accounts/context'
import type { DatabaseState } from '@/db/health'
import type { Env } from '@/env'
import type { JobsDesk } from '@/jobs/desk'
import type { Installation } from '@/notifications/installation/installation'
import type { Storage } from '@/storage/storage'

/** `degraded`: something that people notice does not work, and the pages do. Only `down` fails the check. */
export type HealthState = 'ok' | 'degraded' | 'down'

/**
 * One part of the installation. `detail` says in English what is wrong; beside it stand figures for machines. Anybody may
 * ask: no secret, no address, no name of a person, workspace, search or bot.
 */
export type HealthPart = {
  readonly state: HealthState
  readonly detail?: string
  readonly [figure: string]: string | number | boolean | null | undefined
}

/** What a part may ask. One file a part; `../health.ts` lists them. */
export type HealthDeps = Pick<Deps, 'db' | 'clock'> & {
  readonly outlets: { readonly installation: Installation }
  readonly jobs: Pick<JobsDesk, 'mode'>
  readonly storage: Storage
  readonly env: Pick<Env, 'GLEANER_BROWSER'>
}

export type CheckPart = (deps: HealthDeps) => Promise<HealthPart>

export type CheckDatabasePart = (state: DatabaseState) => HealthPart

/** Whole seconds from then to now, for a figure; null: never. */
export function ageOf(then: Date | null, now: Date): number | null {
  return then && Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000))
}
