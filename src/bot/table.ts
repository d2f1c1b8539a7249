import { bigint, pgTable, primaryKey } from 'drizzle-orm/pg-core'
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
