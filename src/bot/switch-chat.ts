import { and, eq, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import type { Transaction } from '@/db/client'
import { notifyPages } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import { channels } from '@/notifications/channels/table'
import { findChatChannels, isChat } from './queries'

/** What Telegram says of a chat holds for every workspace that has it as a channel. */

/** Blocked or thrown out: off at once, not at the next message. */
export function chatClosed(deps: Deps, chatId: number): Promise<void> {
  return change(deps, and(isChat(chatId), isNull(channels.offAt)), { offReason: 'blocked', offAt: deps.clock() })
}

/** Unblocked or invited again: on, unless somebody had stopped it. */
export function chatOpened(deps: Deps, chatId: number): Promise<void> {
  return change(deps, and(isChat(chatId), eq(channels.offReason, 'blocked')), { offReason: null, offAt: null })
}

/** A group that became a supergroup has a new id. */
export function chatMoved(deps: Deps, from: number, to: number): Promise<void> {
  return change(deps, isChat(from), { address: String(to) })
}

/** /stop: answers how many channels were switched off; only in workspaces that the writer is linked to. */
export function stopChat(deps: Deps, chatId: number, telegramUserId: number): Promise<number> {
  return withSystem(deps.db, 'bot stop', async (tx) => {
    const found = await findChatChannels(tx, chatId, telegramUserId)
    const on = found.filter((row) => row.offReason === null).map((row) => row.id)
    if (on.length > 0) await apply(tx, inArray(channels.id, on), { offReason: 'stopped', offAt: deps.clock() })
    return on.length
  })
}

/** /start without a link: what was stopped here is on again. Answers how many channels this chat is. */
export function resumeChat(deps: Deps, chatId: number, telegramUserId: number): Promise<number> {
  return withSystem(deps.db, 'bot resume', async (tx) => {
    const found = (await findChatChannels(tx, chatId, telegramUserId)).map((row) => row.id)
    const off = and(inArray(channels.id, found), isNotNull(channels.offAt))
    if (found.length > 0) await apply(tx, off, { offReason: null, offAt: null })
    return found.length
  })
}

type Change = Partial<typeof channels.$inferInsert>

function change(deps: Deps, which: SQL | undefined, values: Change): Promise<void> {
  return withSystem(deps.db, 'bot chat', (tx) => apply(tx, which, values))
}

async function apply(tx: Transaction, which: SQL | undefined, values: Change): Promise<void> {
  const rows = await tx.update(channels).set(values).where(which).returning({ workspaceId: channels.workspaceId })
  for (const { workspaceId } of rows) await notifyPages(tx, workspaceId, 'channels')
}
