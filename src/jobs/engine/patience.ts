import { setTimeout as sleep } from 'node:timers/promises'
import { isPassing } from '@/db/lost-connection'
import type { Engine } from './turn'

const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 2000

/**
 * Writes a transition, however long the database is away: a result in hand must not be lost for a restart of
 * PostgreSQL. Repeating is safe, for each transition holds only under its lease.
 */
export async function patiently<T>(engine: Pick<Engine, 'log' | 'isStopping'>, work: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || engine.isStopping()) throw error
      engine.log.warn({ err: error, waitMs: wait }, 'the job engine waits for the database')
      await sleep(wait)
    }
  }
}
