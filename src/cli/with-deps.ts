import { fileURLToPath } from 'node:url'
import type { Deps } from '@/accounts/context'
import { closeDatabase, openDatabase } from '@/db/client'
import { createJobClient, createSender, jobMode } from '@/jobs/client'
import { createLogger } from '@/observability/log'
import { borrowDatabase } from '@/supervisor/borrow-database'
import { readSettings } from '@/supervisor/prepare'

/** This file is bundled into dist/cli.mjs: the folder above it is the root. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Runs `work` on the database that `npm start` uses, whether it runs or not. */
export async function withDeps<T>(work: (deps: Deps) => Promise<T>): Promise<T> {
  const borrowed = await borrowDatabase(ROOT, readSettings(ROOT))
  const db = openDatabase({ url: borrowed.url, max: 2, name: 'gleaner command line' })
  const log = createLogger('cli', 'error')
  const client = createJobClient({ mode: jobMode(process.env), db, env: process.env, log })
  try {
    return await work({ db, log, clock: () => new Date(), send: createSender(client) })
  } finally {
    await closeDatabase(db)
    await borrowed.giveBack()
  }
}
