import { join } from 'node:path'
import { runMonth } from '@/bargains/testing-month'
import { type Faults, faultsOf, figuresOf, type MonthFigure } from '@/bargains/testing-month-figures'
import { readTold } from '@/bargains/testing-month-told'
import { closeDatabase, openDatabase } from '@/db/client'
import { startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import type { MonthSize } from '../e2e/world/market/month/searches'

/** Lets a month pass on a PostgreSQL of its own, which need not outlive a power cut. */
export async function measureMonth(
  root: string,
  directory: string,
  size: MonthSize,
  minutes: number,
): Promise<{ readonly figures: readonly MonthFigure[]; readonly faults: Faults }> {
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '256MB' }
  const server = await startEmbeddedServer({ root, directory, settings })
  const db = openDatabase({ url: server.url })
  try {
    await migrateDatabase(server.url, join(root, 'drizzle'))
    const month = await runMonth(db, size, { tell: (line) => console.log(line), minutes })
    const told = await readTold(db, month)
    return { figures: figuresOf(month, told), faults: faultsOf(month, told) }
  } finally {
    await closeDatabase(db)
    await server.stop()
  }
}
