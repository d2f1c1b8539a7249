import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { type BotTrouble, readTrouble } from './keep-trouble'
import { botPollers, botUpdates } from './table'

export type BotState = {
  readonly lastUpdateAt: Date | null
  /** Whether a process holds the right to poll. */
  readonly polled: boolean
  readonly trouble: BotTrouble | null
}

/** How the bot of this token listens, whichever process does. Its id is what stands before the colon. */
export async function readBotState(db: Database, token: string): Promise<BotState> {
  const botId = BigInt(token.split(':')[0] ?? 0)
  const [update] = await db
    .select({ at: botUpdates.receivedAt })
    .from(botUpdates)
    .where(eq(botUpdates.botId, botId))
    .orderBy(desc(botUpdates.updateId))
    .limit(1)
  const [poller] = await db
    .select({ until: botPollers.until })
    .from(botPollers)
    .where(and(eq(botPollers.botId, botId), gt(botPollers.until, sql`now()`)))
  return { lastUpdateAt: update?.at ?? null, polled: poller !== undefined, trouble: await readTrouble(db) }
}
