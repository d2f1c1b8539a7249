import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Bell, PATIENCE_MS } from '../bell.ts'
import type { Clock } from '../clock.ts'
import { BOT, makeChats, messageOnWire } from './chats.ts'
import { type Faults, makeFaults } from './faults.ts'
import { makeMethods, type Tap } from './methods.ts'
import { makePhotos } from './photo.ts'
import { current, fromBot, type Group, makePlayer, myChatMember, type Player } from './player.ts'
import { type Call, serveBot } from './serve.ts'
import { makeUpdates, type Updates } from './updates.ts'
import type { Chat, Params, WorldMessage } from './wire.ts'

/** Made up, and of the form that Telegram gives. */
const BOT_TOKEN = `${BOT.id}:AAE-made-up-for-loopback-0123456789`

export type Telegram = Pick<Faults, 'failNext' | 'answerLost' | 'rate' | 'delay'> &
  Pick<Updates, 'tries' | 'webhook' | 'replay' | 'pollers'> & {
    readonly token: string
    readonly bot: typeof BOT
    /** Every call of the bot, in order. */
    readonly calls: readonly Call[]
    /** Updates that the bot has not taken yet. */
    readonly pending: () => number
    readonly user: (name: string, options?: { readonly language?: string }) => Player
    readonly group: (title: string, members: readonly Player[]) => Group
    readonly chat: (chatId: number) => { readonly id: number; readonly messages: readonly WorldMessage[] }
    /** What the bot said in the chat and did not delete. */
    readonly messages: (chatId: number) => readonly WorldMessage[]
    /** The newest message of the bot, there or to come or edited so, that the predicate takes. */
    readonly waitForMessage: (
      chatId: number,
      predicate?: (message: WorldMessage) => boolean,
      timeoutMs?: number,
    ) => Promise<WorldMessage>
    /** 403 from now on: blocked by the user, or kicked from the group. The bot is told. */
    readonly block: (chatId: number) => void
    readonly unblock: (chatId: number) => void
    /** The user's account is gone: 403 with other words. */
    readonly deactivate: (chatId: number) => void
    /** The group becomes a supergroup under a new id, which is returned. */
    readonly migrate: (chatId: number) => number
    readonly photo: (fileId: string) => Buffer | undefined
    readonly reset: () => void
    readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
    readonly close: () => void
  }

export type TelegramSetting = { readonly seed: number; readonly clock: Clock; readonly bell: Bell }

export function makeTelegram({ seed, clock, bell }: TelegramSetting): Telegram {
  const now = clock.now
  const chats = makeChats(clock, bell)
  const photos = makePhotos()
  const taps = new Map<string, Tap>()
  const settings = new Map<string, Params>()
  const calls: Call[] = []
  const faults = makeFaults(seed, now)
  // A webhook may answer with a call of its own, whose outcome nobody hears; a refusal of it is recorded like any other.
  const onReply = (method: string, params: Params) => {
    const record = (status: number) => void calls.push({ method, params, at: now(), status })
    methods.call(method, params, new AbortController().signal).then(
      () => record(200),
      () => record(400),
    )
  }
  const updates = makeUpdates({ now, bell, onReply })
  const methods = makeMethods({ clock, chats, photos, updates, taps, settings, ring: bell.ring })
  const playing = { chats, updates, taps, bell, now }
  const shutOf = (chatId: number) => chats.chat(chatId)
  const serving = { token: BOT_TOKEN, methods, faults, photos, now, record: (call: Call) => void calls.push(call) }
  return {
    token: BOT_TOKEN,
    bot: BOT,
    failNext: faults.failNext,
    answerLost: faults.answerLost,
    rate: faults.rate,
    delay: faults.delay,
    tries: updates.tries,
    webhook: updates.webhook,
    replay: updates.replay,
    pollers: updates.pollers,
    calls,
    pending: () => updates.queue.length,
    user: (name, options = {}) => makePlayer(playing, chats.member(name, options.language)),
    group: (title, members) => makeGroup(playing, title, members),
    chat: (chatId) => chats.chat(chatId),
    messages: (chatId) => fromBot(chats.chat(chatId)),
    waitForMessage: (chatId, predicate = () => true, timeoutMs = PATIENCE_MS) =>
      bell.until(() => fromBot(chats.chat(chatId)).findLast(predicate), timeoutMs, `a message in chat ${chatId}`),
    block: (chatId) => setShut(playing, shutOf(chatId), true),
    unblock: (chatId) => setShut(playing, shutOf(chatId), false),
    deactivate: (chatId) => {
      shutOf(chatId).shut = 'deactivated'
    },
    migrate: (chatId) => migrate(playing, chats.chat(chatId)).id,
    photo: (fileId) => photos.get(fileId)?.bytes,
    reset: () => {
      chats.reset()
      faults.reset()
      updates.reset()
      taps.clear()
      calls.length = 0
    },
    serve: (request, response) => serveBot(serving, request, response),
    close: updates.close,
  }
}

type Playing = Parameters<typeof makePlayer>[0]

function firstMember(chat: Chat) {
  const [member] = chat.members.values()
  if (member === undefined) throw new Error(`nobody is in chat ${chat.id}`)
  return member
}

function setShut(playing: Playing, chat: Chat, on: boolean): void {
  chat.shut = on ? (chat.type === 'private' ? 'blocked' : 'kicked') : null
  const [old, next] = on ? ['member', 'kicked'] : ['kicked', 'member']
  playing.updates.push('my_chat_member', myChatMember(playing, firstMember(chat), chat, old ?? '', next ?? ''))
}

function makeGroup(playing: Playing, title: string, members: readonly Player[]): Group {
  const { chats, updates } = playing
  const people = members.map((player) => chats.member(player.name))
  const chat = chats.group(title, people)
  updates.push('my_chat_member', myChatMember(playing, firstMember(chat), chat, 'left', 'member'))
  return {
    get chatId() {
      return current(chats, chat).id
    },
    title,
    messages: () => fromBot(current(chats, chat)),
    addMember: (player) => void current(chats, chat).members.set(player.id, chats.member(player.name)),
    removeMember: (player) => void current(chats, chat).members.delete(player.id),
  }
}

/** Both chats get a service message that names the other, and sends to the old id are refused with the new one. */
function migrate({ chats, updates }: Playing, old: Chat): Chat {
  const next = chats.group(old.title, [...old.members.values()], 'supergroup')
  const by = firstMember(old)
  const from = { id: by.id, name: by.name, isBot: false }
  const left = chats.post(old, { from, service: { migrate_to_chat_id: next.id } })
  const arrived = chats.post(next, { from, service: { migrate_from_chat_id: old.id } })
  old.movedTo = next.id
  updates.push('message', messageOnWire(old, left))
  updates.push('message', messageOnWire(next, arrived))
  return next
}
