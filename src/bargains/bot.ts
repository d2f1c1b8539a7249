import { Composer } from 'grammy'
import type { BotContext, BotFeature } from '@/bot/context'
import { matchesComposer } from './matches/bot'
import { watchesComposer } from './watches/bot'

/** Bargains in the chat. */
export const bargainsBot: BotFeature = {
  composer: new Composer<BotContext>(matchesComposer, watchesComposer),
  menu: ({ t }) => [
    { label: t('bargains.bot.menu'), data: 'watches' },
    { label: t('bargains.bot.menuNew'), data: 'watch_new' },
  ],
  commands: ({ t }) => [{ command: 'watches', description: t('bargains.bot.command') }],
}
