import { type Api, GrammyError } from 'grammy'
import type { Message } from '../../message'
import type { Channel, Outcome } from '../channel'
import { webUrl } from '../rules-address'
import { readRefusal } from './read-refusal'
import { renderButtons, renderHtml } from './render-message'
import { CAPTION_MAX, TEXT_MAX } from './rules-html'
import { openTelegramApi, type TelegramSettings } from './telegram-client'

/** Three calls at most (photo, text, text to the chat's new id) must end within the lease. */
const TIMEOUT_SECONDS = 14

/**
 * A chat of the bot. The first photo is sent with the text; where Telegram cannot fetch or refuses it, the text alone is.
 * A group that became a supergroup is followed to its new id.
 */
export function createTelegramChannel(settings: TelegramSettings): Channel {
  const api = openTelegramApi(settings, TIMEOUT_SECONDS)
  return {
    kind: 'telegram',
    send: (target, message) => sendFollowing(api, target.address, message),
    edit: (target, providerId, message) => editText(api, target.address, Number(providerId), message),
  }
}

async function sendFollowing(api: Api, chat: string, message: Message): Promise<Outcome> {
  try {
    return await send(api, chat, message)
  } catch (error) {
    const movedTo = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined
    if (movedTo === undefined) return readRefusal(error)
    return sendMoved(api, String(movedTo), message)
  }
}

async function sendMoved(api: Api, movedTo: string, message: Message): Promise<Outcome> {
  try {
    const outcome = await send(api, movedTo, message)
    return outcome.kind === 'sent' ? { ...outcome, movedTo } : outcome
  } catch (error) {
    return readRefusal(error)
  }
}

async function send(api: Api, chat: string, message: Message): Promise<Outcome> {
  const photo = message.photos.find((url) => webUrl(url))
  const messageId = (photo && (await sendPhoto(api, chat, message, photo))) || (await sendText(api, chat, message))
  return { kind: 'sent', providerId: String(messageId) }
}

/** Null where Telegram will not have this photo: the words go without it. */
async function sendPhoto(api: Api, chat: string, message: Message, photo: string): Promise<number | null> {
  try {
    const sent = await api.sendPhoto(chat, photo, { caption: renderHtml(message, CAPTION_MAX), ...options(message) })
    return sent.message_id
  } catch (error) {
    if (isAboutPhoto(error)) return null
    throw error
  }
}

/**
 * Any 400 but a moved or missing chat: the words for a bad photo are many ("failed to get HTTP URL content", "wrong type
 * of the web page content", "PHOTO_INVALID_DIMENSIONS" …) and change; a fault of the text comes up again without it.
 */
function isAboutPhoto(error: unknown): boolean {
  if (!(error instanceof GrammyError) || error.error_code !== 400) return false
  return error.parameters.migrate_to_chat_id === undefined && !/chat not found/i.test(error.description)
}

async function sendText(api: Api, chat: string, message: Message): Promise<number> {
  const sent = await api.sendMessage(chat, renderHtml(message, TEXT_MAX), {
    link_preview_options: { is_disabled: true },
    ...options(message),
  })
  return sent.message_id
}

/** A message of text. That it says so already, or is gone, is no failure. */
async function editText(api: Api, chat: string, id: number, message: Message): Promise<Outcome> {
  const preview = { link_preview_options: { is_disabled: true } }
  try {
    await api.editMessageText(chat, id, renderHtml(message, TEXT_MAX), { ...preview, ...options(message) })
    return { kind: 'sent', providerId: String(id) }
  } catch (error) {
    const refusal = readRefusal(error)
    return refusal.kind === 'never' ? { ...refusal, switchOff: false } : refusal
  }
}

function options(message: Message) {
  const inline_keyboard = renderButtons(message.actions)
  return { parse_mode: 'HTML' as const, ...(inline_keyboard.length > 0 && { reply_markup: { inline_keyboard } }) }
}
