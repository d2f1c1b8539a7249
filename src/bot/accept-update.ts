import type { Bot } from 'grammy'
import type { Deps } from '@/accounts/context'
import type { BotContext } from './context'
import { handleUpdate } from './create-bot'
import { botUpdates } from './table'

type Update = Parameters<Bot['handleUpdate']>[0]

/**
 * Handles an update that was not seen before, and answers whether it was new. Its id is stored first: a command that is
 * lost in a crash is typed again, one that is done twice may hurt.
 */
export async function acceptUpdate(deps: Deps, bot: Bot<BotContext>, update: Update): Promise<boolean> {
  const fresh = await deps.db
    .insert(botUpdates)
    .values({ botId: BigInt(bot.botInfo.id), updateId: BigInt(update.update_id), receivedAt: deps.clock() })
    .onConflictDoNothing()
    .returning({ id: botUpdates.updateId })
  if (fresh.length === 0) return false
  await handleUpdate(bot, update, deps)
  return true
}
