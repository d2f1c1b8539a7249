import { setTimeout as sleep } from 'node:timers/promises'
import { isUnreachable } from '@/db/lost-connection'
import { isRecord } from '../json'
import type { Engine } from './turn'

/**
 * Classes of SQLSTATE that pass: connection, resources, operator intervention; a deadlock's loser, and a server that is
 * not yet, or no longer, the one that writes.
 */
const PASSING = /^(08|53|57P0|40001$|40P01$|25006$)/
/** What `pg` says without a code when a connection is gone, or cannot be had. */
const PASSING_WORDS = /^Connection terminated|not queryable|timeout exceeded when trying to connect|^Connection ended/
const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 2000

/** Whether the database may answer the same statement later. */
export function isPassing(error: unknown): boolean {
  const code = isRecord(error) ? error.code : undefined
  if (typeof code === 'string') return PASSING.test(code) || isUnreachable(code)
  return error instanceof Error && PASSING_WORDS.test(error.message)
}

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
