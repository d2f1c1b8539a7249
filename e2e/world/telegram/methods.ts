import type { Clock } from '../clock.ts'
import { BOT, botOnWire, type Chats, chatOnWire, messageOnWire, userOnWire } from './chats.ts'
import { readButtons, readCaption, readMessageText, stringOf } from './limits.ts'
import type { Photos } from './photo.ts'
import type { Updates } from './updates.ts'
import { badRequest, type Chat, type Params, type WorldMessage } from './wire.ts'

/** The Bot API's methods. Each gives its result, or throws the refusal. */

export type Tap = {
  readonly id: string
  readonly chatId: number
  readonly messageId: number
  answer: { readonly text: string; readonly alert: boolean; readonly url: string | null } | null
}

export type Methods = {
  readonly call: (method: string, params: Params, gone: AbortSignal) => Promise<Result>
}

/** `note` is the description that a few methods add to a result. */
export type Result = { readonly value: unknown; readonly note?: string }

export type MethodsSetting = {
  readonly clock: Clock
  readonly chats: Chats
  readonly photos: Photos
  readonly updates: Updates
  /** Open callback queries by id. */
  readonly taps: ReadonlyMap<string, Tap>
  readonly settings: Map<string, Params>
  readonly ring: () => void
}

type Method = (params: Params, gone: AbortSignal) => Promise<Result> | Result

const NO_SUCH_METHOD = 'method not found'

export function makeMethods(setting: MethodsSetting): Methods {
  const methods: Readonly<Record<string, Method>> = {
    ...identity(setting),
    ...receiving(setting),
    ...sending(setting),
    ...editing(setting),
    ...remembered(setting),
  }
  const byLowerCase = new Map(Object.entries(methods).map(([name, method]) => [name.toLowerCase(), method]))
  return {
    call: async (name, params, gone) => {
      const method = byLowerCase.get(name.toLowerCase())
      if (method === undefined) throw new Error(NO_SUCH_METHOD)
      return method(params, gone)
    },
  }
}

export function isUnknownMethod(error: unknown): boolean {
  return error instanceof Error && error.message === NO_SUCH_METHOD
}

function identity({ chats }: MethodsSetting): Record<string, Method> {
  const me = {
    ...botOnWire(),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  }
  return {
    getMe: () => ({ value: me }),
    getChat: (params) => ({ value: chatOnWire(chats.writable(params.chat_id)) }),
    getChatMember: (params) => ({ value: memberOnWire(chats.writable(params.chat_id), Number(params.user_id)) }),
  }
}

function memberOnWire(chat: Chat, userId: number): Params {
  if (userId === BOT.id) return { status: 'member', user: botOnWire() }
  const member = chat.members.get(userId)
  if (member === undefined) throw badRequest('member not found')
  const first = [...chat.members.keys()][0] === userId
  return { status: first && chat.type !== 'private' ? 'creator' : 'member', user: userOnWire(member) }
}

function receiving({ updates }: MethodsSetting): Record<string, Method> {
  return {
    getUpdates: async (params, gone) => ({ value: await updates.getUpdates(params, gone) }),
    setWebhook: (params) => ({ value: true, note: updates.setWebhook(params) }),
    deleteWebhook: (params) => ({ value: true, note: updates.deleteWebhook(params) }),
    getWebhookInfo: () => ({ value: updates.webhookInfo() }),
  }
}

function common(params: Params) {
  const reply = (params.reply_parameters as { message_id?: unknown } | undefined)?.message_id // newer and older spelling
  const replyTo = Number(reply ?? params.reply_to_message_id ?? 0)
  return {
    buttons: readButtons(params.reply_markup),
    replyTo: replyTo === 0 ? null : replyTo,
    silent: params.disable_notification === true || params.disable_notification === 'true',
  }
}

function sending({ chats, photos }: MethodsSetting): Record<string, Method> {
  return {
    sendMessage: (params) => {
      const formatted = readMessageText(params)
      const chat = chats.writable(params.chat_id)
      const message = chats.post(chat, { ...formatted, html: stringOf(params.text), ...common(params) })
      return { value: messageOnWire(chat, message) }
    },
    sendPhoto: async (params) => {
      const formatted = readCaption(params)
      const rest = common(params)
      const chat = chats.writable(params.chat_id)
      const photo = await photos.take(params.photo, params)
      const message = chats.post(chat, { ...formatted, html: stringOf(params.caption), photo, ...rest })
      return { value: messageOnWire(chat, message) }
    },
    sendMediaGroup: async (params) => {
      const chat = chats.writable(params.chat_id)
      const media = Array.isArray(params.media) ? (params.media as Params[]) : [] // each is checked as a photo below
      if (media.length < 2 || media.length > 10) throw badRequest('wrong number of media in the group: 2-10 expected')
      const parts: Pick<WorldMessage, 'text' | 'html' | 'entities' | 'photo'>[] = []
      for (const item of media) {
        if (item.type !== 'photo') throw badRequest('wrong media type specified')
        const html = stringOf(item.caption)
        parts.push({ ...readCaption(item), html, photo: await photos.take(item.media, params) })
      }
      const mediaGroupId = String(chat.lastId + 1)
      const messages = parts.map((part) => chats.post(chat, { ...part, mediaGroupId }))
      return { value: messages.map((message) => messageOnWire(chat, message)) }
    },
    sendChatAction: (params) => {
      chats.writable(params.chat_id)
      return { value: true }
    },
  }
}

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

function editing({ chats, clock, taps, ring }: MethodsSetting): Record<string, Method> {
  const edit = (params: Params, changed: (old: WorldMessage) => Partial<WorldMessage>): Result => {
    const chat = chats.writable(params.chat_id)
    const old = chats.find(chat, params.message_id)
    if (old === undefined) throw badRequest('message to edit not found')
    if (!old.from.isBot) throw badRequest("message can't be edited")
    const next = { ...old, ...changed(old) }
    const same = (key: 'text' | 'buttons' | 'entities') => JSON.stringify(next[key]) === JSON.stringify(old[key])
    if (same('text') && same('buttons') && same('entities')) throw badRequest(NOT_MODIFIED)
    const edits = [...old.edits, { at: clock.now(), text: old.text, html: old.html, buttons: old.buttons }]
    const edited = { ...next, edits, editedAt: clock.now() }
    chats.replace(chat, edited)
    return { value: messageOnWire(chat, edited) }
  }
  return {
    editMessageText: (params) => {
      const formatted = readMessageText(params)
      const buttons = readButtons(params.reply_markup)
      return edit(params, (old) => {
        if (old.photo !== null) throw badRequest('there is no text in the message to edit')
        return { ...formatted, html: stringOf(params.text), buttons }
      })
    },
    editMessageCaption: (params) => {
      const formatted = readCaption(params)
      const buttons = readButtons(params.reply_markup)
      return edit(params, (old) => {
        if (old.photo === null) throw badRequest('there is no caption in the message to edit')
        return { ...formatted, html: stringOf(params.caption), buttons }
      })
    },
    editMessageReplyMarkup: (params) => {
      const buttons = readButtons(params.reply_markup)
      return edit(params, () => ({ buttons }))
    },
    deleteMessage: (params) => {
      const chat = chats.writable(params.chat_id)
      const old = chats.find(chat, params.message_id)
      if (old === undefined) throw badRequest('message to delete not found')
      chats.replace(chat, { ...old, deleted: true })
      return { value: true }
    },
    answerCallbackQuery: (params) => {
      const tap = taps.get(stringOf(params.callback_query_id))
      if (tap === undefined || tap.answer !== null) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid')
      }
      const text = stringOf(params.text)
      if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG')
      const url = params.url === undefined ? null : stringOf(params.url)
      tap.answer = { text, alert: params.show_alert === true || params.show_alert === 'true', url }
      ring()
      return { value: true }
    },
  }
}

/** Settings of the bot are kept by scope and language, and given back. */
function remembered({ settings }: MethodsSetting): Record<string, Method> {
  const key = (name: string, params: Params) =>
    `${name} ${JSON.stringify(params.scope ?? params.chat_id ?? null)} ${stringOf(params.language_code)}`
  const set = (name: string) => (params: Params) => {
    settings.set(key(name, params), params)
    return { value: true }
  }
  return {
    setMyCommands: (params) => {
      if (!Array.isArray(params.commands)) throw badRequest("can't parse commands")
      return set('commands')(params)
    },
    getMyCommands: (params) => ({ value: settings.get(key('commands', params))?.commands ?? [] }),
    deleteMyCommands: (params) => ({ value: settings.delete(key('commands', params)) || true }),
    setChatMenuButton: set('menu'),
    getChatMenuButton: (params) => ({ value: settings.get(key('menu', params))?.menu_button ?? { type: 'commands' } }),
    setMyName: set('name'),
    setMyDescription: set('description'),
    setMyShortDescription: set('short description'),
  }
}
