import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Env } from '@/env'
import { StartRefused } from './cleanup'
import { LockHeld, takeLock } from './lock'

/** Makes the data folder and takes its lock. One web and one worker may share it when the database is not in it. */
export function lockFolder(data: string, settings: Env): () => void {
  const alone = !settings.DATABASE_URL || settings.GLEANER_PROCESS === 'both'
  try {
    // Root lends PostgreSQL to a user that must be able to pass; nobody else needs to look in.
    mkdirSync(data, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    const port = settings.GLEANER_PROCESS === 'worker' ? null : settings.PORT
    return takeLock(join(data, alone ? 'gleaner.pid' : `gleaner-${settings.GLEANER_PROCESS}.pid`), port)
  } catch (error) {
    if (error instanceof LockHeld || !(error instanceof Error)) throw error
    throw new StartRefused(`The data folder ${data} cannot be used (${error.message}). GLEANER_DATA_DIR names another.`)
  }
}
