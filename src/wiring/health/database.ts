import type { CheckDatabasePart } from './part'

export const checkDatabasePart: CheckDatabasePart = (state) =>
  state.reached ? { state: 'ok' } : { state: 'down', detail: 'the database does not answer' }

/** Nothing else is asked of a database that has not seen the migrations of this release. */
export const checkMigrationsPart: CheckDatabasePart = (state) => {
  if (!state.reached) return { state: 'down', detail: 'unknown' }
  return state.missing.length === 0
    ? { state: 'ok' }
    : { state: 'down', detail: `missing: ${state.missing.join(', ')}` }
}
