import { autoRetry } from '@grammyjs/auto-retry'
import { Bot, type NextFunction } from 'grammy'
import type { Deps } from '@/accounts/context'
import { chooseLocale, LOCALES, type Locale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { openTelegramApi, telegramClient, withoutSecrets } from '@/notifications/channels/telegram/telegram-client'
import type { BotContext, BotFeature } from './context'
import { findLocale } from './queries'
import { createStartComposer } from './start-composer'

/** Kinds of update that the bot understands; Telegram sends no others. */
export const UPDATES = ['message', 'callback_query', 'my_chat_member'] as const

const TIMEOUT_SECONDS = 15

export type BotOptions = {
  readonly deps: Deps
  readonly features: readonly BotFeature[]
  readonly apiRoot: string
}

/**
 * The bot, without a way to its updates: polling and webhook both give them to `handleUpdate`. Asks Telegram who it is,
 * once; throws where it does not answer (grammY's own `init` would ask for ever).
 */
export async function createBot(token: string, options: BotOptions): Promise<Bot<BotContext>> {
  const { deps, features, apiRoot } = options
  const client = telegramClient(apiRoot, TIMEOUT_SECONDS)
  const botInfo = await openTelegramApi({ token, apiRoot }, TIMEOUT_SECONDS).getMe()
  const bot = new Bot<BotContext>(token, { client, botInfo })
  bot.api.config.use(autoRetry({ maxRetryAttempts: 2, maxDelaySeconds: 10 }))
  bot.use((context, next) => prepare(deps, context, next))
  bot.use(createStartComposer(features))
  for (const { composer } of features) bot.use(composer)
  bot.on('callback_query', (context) =>
    context.answerCallbackQuery({ text: context.words.t('errors.bot.oldButton'), show_alert: true }),
  )
  // A bot without its list of commands still works.
  await showCommands(bot, features).catch((error) =>
    deps.log.warn({ err: withoutSecrets(error) }, 'Telegram did not take the list of commands'),
  )
  return bot
}

async function prepare(deps: Deps, context: BotContext, next: NextFunction): Promise<void> {
  const profile = context.from ? await findLocale(deps.db, context.from.id) : null
  context.deps = deps
  context.locale = chooseLocale({ profile, acceptLanguage: context.from?.language_code })
  context.words = createTranslatorFor(context.locale, 'UTC')
  await next()
}

/** Fills Telegram's list of commands, in each language; English is for everybody else. */
async function showCommands(bot: Bot<BotContext>, features: readonly BotFeature[]): Promise<void> {
  for (const locale of LOCALES) {
    const language = locale === 'en' ? {} : { language_code: locale }
    await bot.api.setMyCommands(commandsIn(locale, features), language)
  }
}

function commandsIn(locale: Locale, features: readonly BotFeature[]) {
  const words = createTranslatorFor(locale, 'UTC')
  const own = (['menu', 'stop', 'help'] as const).map((command) => ({
    command,
    description: words.t(`bot.commands.${command}`),
  }))
  return [...features.flatMap((feature) => feature.commands?.(words) ?? []), ...own]
}

/** One bad update must not stop the others. */
export async function handleUpdate(
  bot: Bot<BotContext>,
  update: Parameters<Bot['handleUpdate']>[0],
  deps: Deps,
): Promise<void> {
  try {
    await bot.handleUpdate(update)
  } catch (error) {
    deps.log.error({ err: withoutSecrets(error), updateId: update.update_id }, 'an update could not be handled')
  }
}
