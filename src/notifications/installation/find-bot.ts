import { GrammyError } from 'grammy'
import { AppError } from '@/kernel/app-error'
import { openTelegramApi, type TelegramSettings } from '../channels/telegram/telegram-client'

export type Bot = { readonly id: string; readonly username: string }

/** Asks Telegram whose token it is. Throws `bad_input` for a wrong one, `upstream` where nobody answers. */
export async function findBot(settings: TelegramSettings): Promise<Bot> {
  try {
    const me = await openTelegramApi(settings, 10).getMe()
    return { id: String(me.id), username: me.username }
  } catch (error) {
    // Not as cause: a network error's text may hold the address, and the address holds the token.
    if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) {
      throw new AppError('bad_input', 'Telegram does not know this bot token', { reason: 'installation.badToken' })
    }
    throw new AppError('upstream', 'Telegram did not answer getMe', { reason: 'installation.telegramSilent' })
  }
}
