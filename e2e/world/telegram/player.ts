import { type Bell, PATIENCE_MS } from '../bell.ts'
import { BOT, botOnWire, type Chats, chatOnWire, messageOnWire, userOnWire } from './chats.ts'
import type { Tap } from './methods.ts'
import type { Updates } from './updates.ts'
import type { Button, Chat, Member, Params, WorldMessage } from './wire.ts'

/** A person with Telegram in hand: presses Start, types, taps. */

type TapAnswer = {
  /** What the bot answered to the tap: a toast or an alert. */
  readonly text: string
  readonly alert: boolean
  /** The address that the button opens; then there is no answer. */
  readonly url: string | null
}

type Which = number | ((message: WorldMessage) => boolean)

type InChat = {
  readonly chatId: number
  readonly say: (text: string, replyTo?: number) => WorldMessage
  /** Taps the button whose text contains `button`. Waits for the bot's answer, at most `timeoutMs`. */
  readonly tap: (which: Which, button: string, timeoutMs?: number) => Promise<TapAnswer>
  /** What the bot wrote here and did not delete, oldest first. */
  readonly messages: () => readonly WorldMessage[]
}

export type Player = InChat & {
  readonly id: number
  readonly name: string
  /** Opens the private chat and presses Start, with a deep link's payload. */
  readonly start: (payload?: string) => WorldMessage
  /** Follows `https://t.me/<bot>?start=…`; refuses one that names another bot. */
  readonly follow: (link: string) => WorldMessage
  /** The same person in a group. */
  readonly inGroup: (group: Group) => InChat & { readonly start: (payload?: string) => WorldMessage }
  /** Blocks the bot, and opens the chat again. */
  readonly block: () => void
  readonly unblock: () => void
}

export type Group = {
  readonly chatId: number
  readonly title: string
  readonly messages: () => readonly WorldMessage[]
  readonly addMember: (player: Player) => void
  readonly removeMember: (player: Player) => void
}

export type PlayerSetting = {
  readonly chats: Chats
  readonly updates: Updates
  readonly taps: Map<string, Tap>
  readonly bell: Bell
  readonly now: () => Date
}

export function makePlayer(setting: PlayerSetting, member: Member): Player {
  const { chats } = setting
  const home = chats.privateChat(member)
  const own = inChat(setting, member, home)
  const start = (payload?: string) => {
    open(setting, member, home)
    return own.say(payload === undefined || payload === '' ? '/start' : `/start ${payload}`)
  }
  return {
    ...own,
    id: member.id,
    name: member.name,
    start,
    follow: (link) => start(payloadOf(link)),
    inGroup: (group) => {
      const there = inChat(setting, member, chats.chat(group.chatId))
      const command = `/start@${BOT.username}`
      return { ...there, start: (payload) => there.say(payload ? `${command} ${payload}` : command) }
    },
    block: () => shut(setting, member, home),
    unblock: () => open(setting, member, home),
  }
}

function payloadOf(link: string): string {
  const url = new URL(link)
  const bot = url.pathname.split('/')[1]
  if (bot !== BOT.username) throw new Error(`the link is for ${bot}, not for ${BOT.username}`)
  return url.searchParams.get('start') ?? ''
}

/** Telegram tells the bot when somebody blocks it or comes back. */
function shut(setting: PlayerSetting, member: Member, home: Chat): void {
  home.shut = 'blocked'
  setting.updates.push('my_chat_member', myChatMember(setting, member, home, 'member', 'kicked'))
}

function open(setting: PlayerSetting, member: Member, home: Chat): void {
  const was = home.shut
  home.shut = null
  home.started = true
  if (was !== null) setting.updates.push('my_chat_member', myChatMember(setting, member, home, 'kicked', 'member'))
}

export function myChatMember(setting: PlayerSetting, by: Member, chat: Chat, old: string, next: string): Params {
  const state = (status: string) => ({ user: botOnWire(), status, ...(status === 'kicked' ? { until_date: 0 } : {}) })
  const date = Math.floor(setting.now().getTime() / 1000)
  return {
    chat: chatOnWire(chat),
    from: userOnWire(by),
    date,
    old_chat_member: state(old),
    new_chat_member: state(next),
  }
}

function inChat(setting: PlayerSetting, member: Member, first: Chat): InChat {
  const chat = () => current(setting.chats, first)
  return {
    get chatId() {
      return chat().id
    },
    say: (text, replyTo) => say(setting, member, chat(), text, replyTo ?? null),
    tap: (which, button, timeoutMs = PATIENCE_MS) => tap(setting, member, chat(), which, button, timeoutMs),
    messages: () => fromBot(chat()),
  }
}

/** A group that moved is followed, as a phone does. */
export function current(chats: Chats, chat: Chat): Chat {
  return chat.movedTo === null ? chat : chats.chat(chat.movedTo)
}

export function fromBot(chat: Chat): readonly WorldMessage[] {
  return chat.messages.filter((message) => message.from.isBot && !message.deleted)
}

function say(setting: PlayerSetting, member: Member, chat: Chat, text: string, replyTo: number | null): WorldMessage {
  const command = /^\/[a-z0-9_@]+/i.exec(text)?.[0]
  const entities = command === undefined ? [] : [{ type: 'bot_command', offset: 0, length: command.length }]
  const from = { id: member.id, name: member.name, isBot: false }
  const message = setting.chats.post(chat, { from, text, html: text, entities, replyTo })
  const answered = chat.messages.find((one) => one.id === replyTo)
  // In a group a bot hears only commands and answers to itself, as privacy mode has it.
  const heard = chat.type === 'private' || command !== undefined || answered?.from.isBot === true
  if (heard) setting.updates.push('message', messageOnWire(chat, message))
  return message
}

async function tap(
  setting: PlayerSetting,
  member: Member,
  chat: Chat,
  which: Which,
  label: string,
  timeoutMs: number,
): Promise<TapAnswer> {
  const message = typeof which === 'number' ? setting.chats.find(chat, which) : fromBot(chat).findLast(which)
  if (message === undefined) throw new Error(`no such message in chat ${chat.id}`)
  const button = buttonOf(message, label)
  if (button.url !== undefined) return { text: '', alert: false, url: button.url }
  const id = `4${String(chat.lastId).padStart(6, '0')}${String(setting.taps.size + 1).padStart(9, '0')}`
  const made: Tap = { id, chatId: chat.id, messageId: message.id, answer: null }
  setting.taps.set(id, made)
  setting.updates.push('callback_query', {
    id,
    from: userOnWire(member),
    message: messageOnWire(chat, message),
    chat_instance: String(chat.id * 31),
    data: button.data,
  })
  return setting.bell.until(() => made.answer ?? undefined, timeoutMs, `an answer to the tap on "${label}"`)
}

function buttonOf(message: WorldMessage, label: string): Button {
  const all = message.buttons.flat()
  const found = all.find((one) => one.text === label) ?? all.find((one) => one.text.includes(label))
  if (found !== undefined) return found
  throw new Error(`no button "${label}" among ${all.map((one) => `"${one.text}"`).join(', ') || 'none'}`)
}
