import type { Composer, Context } from 'grammy'
import type { Deps } from '@/accounts/context'

/** Every handler's context: grammY's, the process's dependencies, and the language of whoever writes. */
export type BotContext = Context & {
  readonly deps: Deps
  /** `en` or `pl`: the member's language once linked, else that of their Telegram. */
  locale: string
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
  readonly menu?: (locale: string) => readonly MenuItem[]
}
