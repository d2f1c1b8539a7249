import { bigint, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { moment } from '@/db/columns'

/** Global: an update is handled once, whether Telegram repeats it or two processes see it. */
export const botUpdates = pgTable(
  'bot_updates',
  {
    botId: bigint({ mode: 'bigint' }).notNull(),
    updateId: bigint({ mode: 'bigint' }).notNull(),
    receivedAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.botId, t.updateId] })],
)

/** Global: which process polls a bot. Telegram allows one; a row outlives poolers that hand out connections per query. */
export const botPollers = pgTable('bot_pollers', {
  botId: bigint({ mode: 'bigint' }).primaryKey(),
  holder: uuid().notNull(),
  until: moment().notNull(),
})
