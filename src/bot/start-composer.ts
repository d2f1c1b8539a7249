import { Composer, type Middleware } from 'grammy'
import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { isAppError } from '@/kernel/app-error'
import type { BotContext, BotFeature } from './context'
import { type Linked, linkAccount } from './link-account'
import { chatClosed, chatMoved, chatOpened, resumeChat, stopChat } from './switch-chat'

/** What every bot knows: connecting a chat, the menu, help, stopping, and what Telegram says of the chat itself. */
export function createStartComposer(features: readonly BotFeature[]): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.command('start', async (bot) => (bot.match ? link(bot, features) : greet(bot, features)))
  composer.command(['menu', 'help'], (bot) => bot.reply(bot.words.t('bot.help'), menuOf(bot, features)))
  composer.command('stop', stop)
  composer.on('my_chat_member', memberChanged)
  composer.on('message:migrate_to_chat_id', (bot) => chatMoved(bot.deps, bot.chat.id, bot.message.migrate_to_chat_id))
  return composer
}

function menuOf(bot: BotContext, features: readonly BotFeature[]) {
  const items = features.flatMap((feature) => feature.menu?.(bot.words) ?? [])
  const inline_keyboard = items.map(({ label, data }) => [{ text: label, callback_data: data }])
  return inline_keyboard.length > 0 ? { reply_markup: { inline_keyboard } } : {}
}

async function link(bot: BotContext, features: readonly BotFeature[]): Promise<void> {
  const { chat, from } = bot
  if (!chat || !from) return
  const isPrivate = chat.type === 'private'
  const title = isPrivate ? (chat.first_name ?? '') : (chat.title ?? '')
  const request = {
    token: String(bot.match),
    telegramUserId: from.id,
    chat: { id: chat.id, title, private: isPrivate },
  }
  const linked = await linkAccount(bot.deps, request)
  if ('locale' in linked) speak(bot, linked.locale)
  await bot.reply(wordsOf(bot, linked), 'locale' in linked ? menuOf(bot, features) : {})
}

/** From now on in the language of the member, not in that of their Telegram. */
function speak(bot: BotContext, locale: string): void {
  bot.locale = chooseLocale({ profile: locale })
  bot.words = createTranslatorFor(bot.locale, 'UTC')
}

function wordsOf({ words: { t } }: BotContext, linked: Linked): string {
  switch (linked.kind) {
    case 'linked':
    case 'known':
      return t(`bot.${linked.kind}`, { workspace: linked.workspace })
    case 'unknown':
    case 'used':
    case 'expired':
      return t(`bot.link.${linked.kind}`)
  }
}

async function greet(bot: BotContext, features: readonly BotFeature[]): Promise<void> {
  const { chat, from } = bot
  if (!chat || !from) return
  const count = await orSay(bot, resumeChat(bot.deps, chat.id, from.id))
  if (count === null) return
  const known = count > 0
  await bot.reply(bot.words.t(known ? 'bot.welcomeBack' : 'bot.notConnected'), known ? menuOf(bot, features) : {})
}

/** What the writer may not do is said, and null given. */
async function orSay<T>(bot: BotContext, work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (!isAppError(error)) throw error
    await bot.reply(bot.words.error(error))
    return null
  }
}

const stop: Middleware<BotContext> = async (bot) => {
  const { chat, from } = bot
  if (!chat || !from) return
  const stopped = await orSay(bot, stopChat(bot.deps, chat.id, from.id))
  if (stopped === null) return
  await bot.reply(bot.words.t(stopped > 0 ? 'bot.stopped' : 'bot.nothingToStop'))
}

const memberChanged: Middleware<BotContext> = async (bot) => {
  const status = bot.myChatMember?.new_chat_member.status
  if (!bot.chat || !status) return
  const here = status === 'member' || status === 'administrator'
  await (here ? chatOpened(bot.deps, bot.chat.id) : chatClosed(bot.deps, bot.chat.id))
}
