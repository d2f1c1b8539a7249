import { and, eq, isNull, type SQL } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import type { Ctx, Deps } from '@/accounts/context'
import { runAsBot } from '@/accounts/gate'
import { may } from '@/accounts/rules-permissions'
import type { Transaction } from '@/db/client'
import { notifyPages } from '@/db/notify-pages'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { channels } from '@/notifications/channels/table'
import { type ChatChannel, findChatChannels, isChat } from './queries'

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

/**
 * /stop: answers how many channels were switched off, in the workspaces that the writer is linked to. Throws `forbidden`
 * where their role may switch none of them.
 */
export async function stopChat(deps: Deps, chatId: number, telegramUserId: number): Promise<number> {
  const found = await withSystem(deps.db, 'bot stop', (tx) => findChatChannels(tx, chatId, telegramUserId))
  const on = found.filter((channel) => channel.offAt === null)
  return switchEach(deps, telegramUserId, on, { action: 'channel.stop', offReason: 'stopped' })
}

/** /start without a link: what was stopped here is on again. Answers how many channels this chat is; throws as `stopChat`. */
export async function resumeChat(deps: Deps, chatId: number, telegramUserId: number): Promise<number> {
  const found = await withSystem(deps.db, 'bot resume', (tx) => findChatChannels(tx, chatId, telegramUserId))
  const off = found.filter((channel) => channel.offAt !== null)
  await switchEach(deps, telegramUserId, off, { action: 'channel.resume', offReason: null })
  return found.length
}

type Switch = { readonly action: 'channel.stop' | 'channel.resume'; readonly offReason: 'stopped' | null }

async function switchEach(deps: Deps, telegramUserId: number, all: readonly ChatChannel[], to: Switch) {
  const theirs = all.filter(maySwitch)
  if (all.length > 0 && theirs.length === 0) {
    throw new AppError('forbidden', 'a role that changes no channels', { reason: 'forbidden' })
  }
  for (const { id, workspaceId } of theirs) {
    await runAsBot(deps, { telegramUserId: BigInt(telegramUserId), workspaceId }, (ctx) => switchOne(ctx, id, to))
  }
  return theirs.length
}

/** One's own chat is one's own to stop, whatever the role has become since. */
function maySwitch({ memberId, writer }: ChatChannel): boolean {
  return memberId === writer.memberId || may(writer.role, 'channels.write')
}

async function switchOne(ctx: Ctx, id: string, { action, offReason }: Switch): Promise<void> {
  await ctx.db
    .update(channels)
    .set({ offReason, offAt: offReason && ctx.now })
    .where(eq(channels.id, id))
  await writeAudit(ctx, action, id, { kind: 'telegram' })
  await notifyPages(ctx.db, ctx.workspaceId, 'channels', id)
}

type Change = Partial<typeof channels.$inferInsert>

function change(deps: Deps, which: SQL | undefined, values: Change): Promise<void> {
  return withSystem(deps.db, 'bot chat', (tx) => apply(tx, which, values))
}

async function apply(tx: Transaction, which: SQL | undefined, values: Change): Promise<void> {
  const rows = await tx.update(channels).set(values).where(which).returning({ workspaceId: channels.workspaceId })
  for (const { workspaceId } of rows) await notifyPages(tx, workspaceId, 'channels')
}
