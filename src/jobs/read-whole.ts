import { and, eq } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { jobEvents, jobRuns, jobSteps } from './engine/table'
import { beginning } from './read-beginning'
import type { Whole } from './schema'
import { type ShownJson, showJson } from './show-json'

/** Characters beyond which even a whole payload is cut: a page that is handed more stands still. */
const MOST_OF_WHOLE = 2_000_000

/** One payload, of which lists show the beginning, without secrets; null where it has none. Throws `not_found`. */
export async function readWhole(db: Database, asked: Whole, most = MOST_OF_WHOLE): Promise<ShownJson | null> {
  const [row] = await select(db, asked, most)
  if (!row) throw new AppError('not_found', 'there is no such payload', { reason: 'jobs.noRun' })
  return showJson(row.json, most)
}

function select(db: Database, asked: Whole, most: number) {
  const json = (column: PgColumn) => ({ json: beginning<string | null>(column, most) })
  switch (asked.of) {
    case 'event':
      return db.select(json(jobEvents.payload)).from(jobEvents).where(eq(jobEvents.id, asked.event))
    case 'step': {
      const which = and(eq(jobSteps.runId, asked.run), eq(jobSteps.hash, asked.hash))
      return db.select(json(jobSteps.data)).from(jobSteps).where(which)
    }
    case 'begunBy':
      return db.select(json(jobRuns.event)).from(jobRuns).where(eq(jobRuns.id, asked.run))
    case 'output':
      return db.select(json(jobRuns.output)).from(jobRuns).where(eq(jobRuns.id, asked.run))
  }
}
