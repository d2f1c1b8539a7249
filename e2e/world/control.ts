import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Bell } from './bell.ts'
import type { Clock } from './clock.ts'
import { isLoopback, readBody, sendJson, sendText, urlOf } from './http.ts'
import type { Inbox } from './mail/mail.ts'
import type { Wish } from './market/advert.ts'
import type { Market } from './market/market.ts'
import type { Mode } from './market/modes.ts'
import { deskOf, phonePage } from './phone/phone.ts'
import type { Telegram } from './telegram/telegram.ts'

/** The world by hand and from another process: `/_world/…`, and the phone page at `/`. */

export type Parts = {
  readonly market: Market
  readonly telegram: Telegram
  readonly inbox: Inbox
  readonly bell: Bell
  readonly clock: Clock
}

/** Body of a command; which fields matter depends on the command. */
type Said = {
  readonly id?: string
  readonly amount?: number | 'free' | 'exchange'
  readonly host?: string
  readonly mode?: Mode
  readonly path?: string
  readonly times?: number
  readonly user?: string
  readonly payload?: string
  readonly text?: string
  readonly messageId?: number
  readonly button?: string
  readonly milliseconds?: number
}

type Command = (said: Said, parts: Parts) => unknown

const COMMANDS: Readonly<Record<string, Command>> = {
  publish: (said, { market }) => market.publish(wishFrom(said)),
  reprice: (said, { market }) => market.reprice(idOf(said), said.amount ?? 0),
  bump: (said, { market }) => market.bump(idOf(said)),
  remove: (said, { market }) => market.remove(idOf(said)),
  restore: (said, { market }) => market.restore(idOf(said)),
  repost: (said, { market }) => market.repost(idOf(said), typeof said.amount === 'number' ? said.amount : undefined),
  promote: (said, { market }) => market.promote(idOf(said)),
  tick: (_said, { market }) => market.tick(),
  mode: (said, { market }) => {
    market.setMode(said.host ?? 'olx.pl', said.mode ?? 'ok', said)
    return { mode: market.modeOf(said.host ?? 'olx.pl') }
  },
  clock: (said, { clock }) => {
    clock.advance(said.milliseconds ?? 0)
    return { now: clock.now() }
  },
  'user/start': (said, parts) => playerOf(said, parts).start(said.payload),
  'user/say': (said, parts) => playerOf(said, parts).say(said.text ?? ''),
  'user/tap': (said, parts) => playerOf(said, parts).tap(said.messageId ?? 0, said.button ?? '', 5000),
}

const READINGS: Readonly<Record<string, (parts: Parts, url: URL) => unknown>> = {
  requests: ({ market }) => ({ requests: market.requests, counts: market.countByKey() }),
  adverts: ({ market }) => [...market.adverts.values()],
  calls: ({ telegram }) => telegram.calls,
  messages: (parts, url) => playerOf({ user: url.searchParams.get('user') ?? undefined }, parts).messages(),
  mail: ({ inbox }) => inbox.messages,
  desk: (parts, url) => deskOf(parts, url.searchParams.get('user') ?? 'Demo'),
}

/** A wish's fields and a command's never clash; a date arrives as text. */
function wishFrom(said: Said): Wish {
  const wish = said as Wish & { readonly at?: string | Date }
  return wish.at === undefined ? wish : { ...wish, at: new Date(wish.at) }
}

function idOf(said: Said): string {
  if (said.id === undefined) throw new Error('id is missing')
  return said.id
}

function playerOf(said: Said, { telegram }: Parts) {
  return telegram.user(said.user ?? 'Demo')
}

export function makeControl(parts: Parts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = urlOf(request)
    // A page elsewhere that resolves its name to loopback must not steer the world.
    if (!isLoopback(new URL(`http://${request.headers.host ?? 'none'}`))) return false
    if (request.method === 'GET' && url.pathname === '/') return sendPage(response, parts)
    const photo = /^\/_world\/photo\/(\w+)$/.exec(url.pathname)?.[1]
    if (photo !== undefined) return sendPhoto(response, parts, photo)
    const name = /^\/_world\/(.+)$/.exec(url.pathname)?.[1]
    if (name === undefined) return false
    if (request.method === 'POST') return command(name, request, response, parts)
    if (name === 'events') return events(response, parts)
    const reading = READINGS[name]
    if (reading === undefined) return false
    sendJson(response, 200, withoutBytes(reading(parts, url)))
    return true
  }
}

function sendPage(response: ServerResponse, parts: Parts): true {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src 'self' data: http://localhost:* http://127.0.0.1:*; frame-src 'self'"
  sendText(response, 200, phonePage(parts), 'text/html; charset=utf-8', { 'content-security-policy': policy })
  return true
}

function sendPhoto(response: ServerResponse, { telegram }: Parts, fileId: string): true {
  const bytes = telegram.photo(fileId)
  if (bytes === undefined) sendJson(response, 404, { error: 'no such photo' })
  else sendText(response, 200, bytes, 'image/png')
  return true
}

async function command(name: string, request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<true> {
  const run = COMMANDS[name]
  // JSON only: another site's form cannot send it without asking first.
  const isJson = (request.headers['content-type'] ?? '').includes('application/json')
  if (run === undefined || !isJson) {
    sendJson(response, run === undefined ? 404 : 415, {
      error: `POST JSON to one of ${Object.keys(COMMANDS).join(', ')}`,
    })
    return true
  }
  const body = (await readBody(request)).toString()
  try {
    const said = JSON.parse(body === '' ? '{}' : body) as Said // each command takes the fields it needs
    sendJson(response, 200, withoutBytes(await run(said, parts)))
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) })
  }
  return true
}

/** Tells the page that something changed; it then reads the desk again. */
function events(response: ServerResponse, { bell }: Parts): true {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('retry: 1000\ndata: change\n\n')
  const stop = bell.listen(() => void response.write('data: change\n\n'))
  response.once('close', stop)
  return true
}

function withoutBytes(value: unknown): unknown {
  const text = JSON.stringify(value ?? null, (key, part) => (key === 'bytes' ? undefined : part))
  return JSON.parse(text)
}
