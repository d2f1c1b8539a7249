import type { Bell } from '../bell.ts'
import type { Clock } from '../clock.ts'
import { badRequest, type Chat, type Member, type Params, Refusal, type WorldMessage } from './wire.ts'

/** People, chats and what was said in them. */

export const BOT = { id: 7_000_000_001, username: 'gleaner_demo_bot', name: 'Gleaner' } as const

type NewMessage = Partial<Omit<WorldMessage, 'id' | 'chatId' | 'at'>>

export type Chats = {
  readonly all: ReadonlyMap<number, Chat>
  readonly member: (name: string, language?: string) => Member
  readonly members: () => Iterable<Member>
  readonly privateChat: (member: Member) => Chat
  readonly group: (title: string, members: readonly Member[], kind?: 'group' | 'supergroup') => Chat
  readonly chat: (id: number) => Chat
  /** The chat a bot may write to, or the refusal that it gets. */
  readonly writable: (chatId: unknown) => Chat
  readonly post: (chat: Chat, message: NewMessage) => WorldMessage
  readonly replace: (chat: Chat, message: WorldMessage) => void
  readonly find: (chat: Chat, messageId: unknown) => WorldMessage | undefined
  readonly reset: () => void
}

const EMPTY: Omit<WorldMessage, 'id' | 'chatId' | 'at'> = {
  from: { id: BOT.id, name: BOT.name, isBot: true },
  text: '',
  html: '',
  entities: [],
  photo: null,
  buttons: [],
  edits: [],
  editedAt: null,
  deleted: false,
  replyTo: null,
  silent: false,
  mediaGroupId: null,
  service: null,
}

export function makeChats(clock: Clock, bell: Bell): Chats {
  const all = new Map<number, Chat>()
  const people = new Map<string, Member>()
  let groups = 0

  const open = (id: number, type: Chat['type'], title: string, members: readonly Member[]): Chat => {
    const chat: Chat = {
      id,
      type,
      title,
      members: new Map(members.map((one) => [one.id, one])),
      messages: [],
      lastId: 0,
      started: type !== 'private',
      shut: null,
      movedTo: null,
    }
    all.set(id, chat)
    return chat
  }
  const member = (name: string, language = 'en'): Member => {
    const known = people.get(name)
    if (known !== undefined) return known
    const username = name.toLowerCase().replace(/[^a-z0-9]+/g, '_')
    const made = { id: 5_000_001 + people.size, name, username, language }
    people.set(name, made)
    return made
  }
  const chatOf = (id: number): Chat => {
    const chat = all.get(id)
    if (chat === undefined) throw new Error(`no chat ${id}`)
    return chat
  }
  return {
    all,
    member,
    members: () => people.values(),
    privateChat: (one) => all.get(one.id) ?? open(one.id, 'private', one.name, [one]),
    group: (title, members, kind = 'group') => {
      const number = 4_000_001 + groups++
      return open(kind === 'group' ? -number : -1_000_000_000_000 - number, kind, title, members)
    },
    chat: chatOf,
    writable: (chatId) => writable(all.get(Number(chatId))),
    post: (chat, message) => {
      const posted = { ...EMPTY, ...message, id: ++chat.lastId, chatId: chat.id, at: clock.now() }
      chat.messages.push(posted)
      bell.ring()
      return posted
    },
    replace: (chat, message) => {
      const index = chat.messages.findIndex((one) => one.id === message.id)
      chat.messages[index] = message
      bell.ring()
    },
    find: (chat, messageId) => chat.messages.find((one) => one.id === Number(messageId) && !one.deleted),
    reset: () => {
      all.clear()
      people.clear()
      groups = 0
    },
  }
}

const SHUT: Readonly<Record<NonNullable<Chat['shut']>, string>> = {
  blocked: 'Forbidden: bot was blocked by the user',
  kicked: 'Forbidden: bot was kicked from the group chat',
  deactivated: 'Forbidden: user is deactivated',
}

function writable(chat: Chat | undefined): Chat {
  if (chat === undefined) throw badRequest('chat not found')
  if (chat.movedTo !== null) {
    throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.movedTo })
  }
  if (chat.shut !== null) throw new Refusal(403, SHUT[chat.shut])
  if (!chat.started) throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user")
  return chat
}

export function userOnWire(member: Member): Params {
  return {
    id: member.id,
    is_bot: false,
    first_name: member.name,
    username: member.username,
    language_code: member.language,
  }
}

export function botOnWire(): Params {
  return { id: BOT.id, is_bot: true, first_name: BOT.name, username: BOT.username }
}

export function chatOnWire(chat: Chat): Params {
  const member = chat.members.get(chat.id)
  if (chat.type === 'private') {
    return { id: chat.id, type: 'private', first_name: chat.title, username: member?.username }
  }
  return { id: chat.id, type: chat.type, title: chat.title }
}

export function messageOnWire(chat: Chat, message: WorldMessage): Params {
  const author = chat.members.get(message.from.id)
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
  const answered = chat.messages.find((one) => one.id === message.replyTo)
  return {
    message_id: message.id,
    from: message.from.isBot || author === undefined ? botOnWire() : userOnWire(author),
    chat: chatOnWire(chat),
    date: seconds(message.at),
    ...(message.editedAt === null ? {} : { edit_date: seconds(message.editedAt) }),
    ...(answered === undefined ? {} : { reply_to_message: messageOnWire(chat, { ...answered, replyTo: null }) }),
    ...(message.mediaGroupId === null ? {} : { media_group_id: message.mediaGroupId }),
    ...contentOnWire(message),
    ...(message.buttons.length === 0 ? {} : { reply_markup: { inline_keyboard: buttonsOnWire(message) } }),
    ...(message.service ?? {}),
  }
}

function contentOnWire(message: WorldMessage): Params {
  const entities = message.entities.length > 0
  if (message.photo === null) {
    return message.text === '' ? {} : { text: message.text, ...(entities ? { entities: message.entities } : {}) }
  }
  const { fileId, bytes } = message.photo
  const size = { file_id: fileId, file_unique_id: fileId.slice(-12), width: 320, height: 240, file_size: bytes.length }
  const caption = message.text === '' ? {} : { caption: message.text }
  return { photo: [size], ...caption, ...(entities ? { caption_entities: message.entities } : {}) }
}

function buttonsOnWire(message: WorldMessage) {
  return message.buttons.map((row) =>
    row.map(({ text, url, data }) => ({ text, ...(url === undefined ? { callback_data: data } : { url }) })),
  )
}
