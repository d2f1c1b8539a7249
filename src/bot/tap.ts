import { GrammyError, type Middleware } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import type { Ctx } from '@/accounts/context'
import { runAsBot } from '@/accounts/gate'
import type { Translator } from '@/i18n/translator'
import { AppError, isAppError } from '@/kernel/app-error'
import { renderButtons } from '@/notifications/channels/telegram/render-message'
import { withoutSecrets } from '@/notifications/channels/telegram/telegram-client'
import type { Action } from '@/notifications/message'
import type { BotContext } from './context'
import { findTapWorkspaces } from './queries'
import { parseAction } from './rules-action'

/** A button that a linked member tapped. */
export type Tap = {
  readonly verb: string
  /** What it is about; null for a menu's button. */
  readonly id: string | null
  /** The message under which it stands. */
  readonly message: { readonly chatId: number; readonly messageId: number }
  /** The tapper's words; the time zone is UTC. */
  readonly words: Translator
}

export type TapResult = {
  /** A short answer over the chat, in the tapper's language. */
  readonly say?: string
  /** As a window that must be closed. */
  readonly alert?: boolean
  /** The message's buttons from now on; left out: as they are. */
  readonly buttons?: readonly Action[]
  /** Single buttons that become others where they stand: by the data that they carried. */
  readonly swaps?: Readonly<Record<string, DoAction>>
  /** The message's text from now on, for menus; its buttons are then `buttons` or none. */
  readonly text?: string
}

type DoAction = Extract<Action, { kind: 'do' }>

/** For `composer.callbackQuery(tapOf('favourite'), …)`: that verb with or without a uuid. */
export function tapOf(verb: string): RegExp {
  return new RegExp(`^${verb}(:|$)`)
}

/**
 * Runs `work` as the member who tapped, in one transaction of the workspace whose message it was; in groups too, whoever
 * taps must be linked there. Telegram always gets its answer: else the button turns for a minute.
 */
export function onTap(work: (ctx: Ctx, tap: Tap) => Promise<TapResult>): Middleware<BotContext> {
  return async (bot) => {
    const result = await runTap(bot, work).catch((error) => explain(bot, error))
    await answerTap(bot, result)
    if (result.text !== undefined || result.buttons || result.swaps) await changeMessage(bot, result)
  }
}

async function runTap(bot: BotContext, work: (ctx: Ctx, tap: Tap) => Promise<TapResult>): Promise<TapResult> {
  const action = parseAction(bot.callbackQuery?.data ?? '')
  const from = bot.callbackQuery?.from.id
  if (!action || !from) throw new AppError('bad_input', 'a button of an unknown form', { reason: 'bot.oldButton' })
  const message = { chatId: bot.chat?.id ?? 0, messageId: bot.msgId ?? 0 }
  const tap = { ...action, message, words: bot.words }
  const workspaces = await findTapWorkspaces(bot.deps.db, {
    telegramUserId: from,
    ...message,
  })
  return firstThatKnows(workspaces, (workspaceId) =>
    runAsBot(bot.deps, { telegramUserId: BigInt(from), workspaceId }, (ctx) => work(ctx, tap)),
  )
}

/** A menu's button may be about any of the tapper's workspaces: the first that has the thing. */
async function firstThatKnows(
  workspaces: readonly string[],
  run: (workspaceId: string) => Promise<TapResult>,
): Promise<TapResult> {
  const [first, ...others] = workspaces
  if (!first) throw new AppError('forbidden', 'linked nowhere', { reason: 'bot.notLinked' })
  try {
    return await run(first)
  } catch (error) {
    if (others.length > 0 && isAppError(error) && error.code === 'not_found') return firstThatKnows(others, run)
    throw error
  }
}

function explain(bot: BotContext, error: unknown): TapResult {
  if (isAppError(error)) return { say: bot.words.error(error), alert: true }
  bot.deps.log.error({ err: withoutSecrets(error), updateId: bot.update.update_id }, 'a tap failed')
  return { say: bot.words.error({ code: 'internal', reason: undefined, values: {} }), alert: true }
}

/** Telegram takes 200 letters. */
async function answerTap(bot: BotContext, { say, alert }: TapResult): Promise<void> {
  try {
    await bot.answerCallbackQuery({ ...(say && { text: say.slice(0, 200) }), show_alert: alert ?? false })
  } catch (error) {
    // Too old: Telegram took the tap for unanswered after a while. What was asked for is done all the same.
    if (!(error instanceof GrammyError)) throw error
    bot.deps.log.info({ description: error.description }, 'a tap could not be answered')
  }
}

async function changeMessage(bot: BotContext, { text, buttons = [], swaps }: TapResult): Promise<void> {
  const inline_keyboard = swaps ? swapButtons(bot, swaps) : renderButtons(buttons)
  // Telegram tells nothing of a message that is old or gone: its buttons stay, for we do not know them.
  if (swaps && inline_keyboard.length === 0) return
  const reply_markup = { inline_keyboard }
  try {
    if (text === undefined) await bot.editMessageReplyMarkup({ reply_markup })
    else await bot.editMessageText(text, { reply_markup })
  } catch (error) {
    // "message is not modified", or deleted meanwhile.
    if (!(error instanceof GrammyError)) throw error
    bot.deps.log.info({ description: error.description }, 'a message could not be changed')
  }
}

/** The tapped message's own buttons, in their rows, with those swapped that carry what `swaps` names. */
function swapButtons(bot: BotContext, swaps: Readonly<Record<string, DoAction>>): InlineKeyboardButton[][] {
  const rows = bot.callbackQuery?.message?.reply_markup?.inline_keyboard ?? []
  return rows.map((row) =>
    row.map((button) => {
      const next = 'callback_data' in button ? swaps[button.callback_data] : undefined
      return next ? { text: next.label, callback_data: next.data } : button
    }),
  )
}
