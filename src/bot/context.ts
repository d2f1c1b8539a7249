import type { Composer, Context } from 'grammy'
import type { Deps } from '@/accounts/context'
import type { Locale } from '@/i18n/locales'
import type { Translator } from '@/i18n/translator'

/** Every handler's context: grammY's, the process's dependencies, and the words of whoever writes. */
export type BotContext = Context & {
  deps: Deps
  /** The member's language once linked, else that of their Telegram. */
  locale: Locale
  words: Translator
}

/** A button of the bot's menu. */
export type MenuItem = {
  /** Already in the reader's language. */
  readonly label: string
  /** Callback data, at most 64 bytes, `<verb>` or `<verb>:<uuid>`. */
  readonly data: string
}

/** What a feature's `bot.ts` exports and `wiring/bot.ts` lists. */
export type BotFeature = {
  readonly composer: Composer<BotContext>
  readonly menu?: (words: Translator) => readonly MenuItem[]
  /** Shown by Telegram beside the text field. */
  readonly commands?: (words: Translator) => readonly { readonly command: string; readonly description: string }[]
}
