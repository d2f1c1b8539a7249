import { fileURLToPath } from 'node:url'
import type { Deps } from '@/accounts/context'
import { closeDatabase, openDatabase } from '@/db/client'
import { createJobClient, createSender, jobMode } from '@/jobs/client'
import type { JobsDesk } from '@/jobs/desk'
import { createLogger } from '@/observability/log'
import { borrowDatabase } from '@/supervisor/borrow-database'
import { readSettings } from '@/supervisor/prepare'
import { openDesk } from '@/wiring/desk'

/** What a command has: a process's common things, and what is known of the jobs. */
export type CommandDeps = Deps & { readonly jobs: JobsDesk }

/** This file is bundled into dist/cli.mjs: the folder above it is the root. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Runs `work` on the database that `npm start` uses, whether it runs or not. */
export async function withDeps<T>(work: (deps: CommandDeps) => Promise<T>): Promise<T> {
  const borrowed = await borrowDatabase(ROOT, readSettings(ROOT))
  const db = openDatabase({ url: borrowed.url, max: 2, name: 'gleaner command line' })
  const log = createLogger('cli', 'error')
  const mode = jobMode(process.env)
  const client = createJobClient({ mode, db, env: process.env, log })
  try {
    return await work({ db, log, clock: () => new Date(), send: createSender(client), jobs: openDesk(mode, db, log) })
  } finally {
    await closeDatabase(db)
    await borrowed.giveBack()
  }
}
