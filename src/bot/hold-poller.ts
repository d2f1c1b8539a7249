import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { newId } from '@/kernel/ids'
import { botPollers } from './table'

const LEASE_SECONDS = 20
const RENEW_MS = 5000

export type Hold = {
  /** Aborted when the lease was lost: another process polls now. */
  readonly lost: AbortSignal
  readonly release: () => Promise<void>
}

/**
 * The right to poll a bot, or null while another process has it. Renewed until it is released; a dead process's runs out
 * after 20 seconds. By the database's clock, so that processes need not agree on theirs.
 */
export async function holdPoller(db: Database, botId: bigint): Promise<Hold | null> {
  const holder = newId()
  if (!(await take(db, botId, holder))) return null
  const lost = new AbortController()
  const timer = setInterval(() => {
    take(db, botId, holder).then(
      (held) => held || lost.abort(),
      () => lost.abort(),
    )
  }, RENEW_MS)
  timer.unref()
  return {
    lost: lost.signal,
    release: async () => {
      clearInterval(timer)
      await db.delete(botPollers).where(and(eq(botPollers.botId, botId), eq(botPollers.holder, holder)))
    },
  }
}

async function take(db: Database, botId: bigint, holder: string): Promise<boolean> {
  const until = sql`now() + make_interval(secs => ${LEASE_SECONDS})`
  const rows = await db
    .insert(botPollers)
    .values({ botId, holder, until })
    .onConflictDoUpdate({
      target: botPollers.botId,
      set: { holder, until },
      setWhere: sql`${botPollers.until} < now() or ${botPollers.holder} = ${holder}`,
    })
    .returning({ botId: botPollers.botId })
  return rows.length > 0
}
