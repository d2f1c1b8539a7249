import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendJson, sendText, urlOf } from '../http.ts'
import { readParams } from './body.ts'
import type { Faults } from './faults.ts'
import { isUnknownMethod, type Methods, type Result } from './methods.ts'
import type { Photos } from './photo.ts'
import { type Params, Refusal } from './wire.ts'

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`. */

/** One call as the world saw it. `status` is what the bot was told; 0 where the answer was lost. */
export type Call = { readonly method: string; readonly params: Params; readonly at: Date; readonly status: number }

export type BotServing = {
  readonly token: string
  readonly methods: Methods
  readonly faults: Faults
  readonly photos: Photos
  readonly now: () => Date
  readonly record: (call: Call) => void
}

/** True when the address was the Bot API's and has been answered. */
export async function serveBot(
  serving: BotServing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = decodeURIComponent(urlOf(request).pathname)
  const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(path)
  if (file !== null) return sendFile(serving, response, file[1] ?? '', file[2] ?? '')
  const call = /^\/bot([^/]*)\/(?:test\/)?([A-Za-z]*)$/.exec(path)
  if (call === null) return false
  const [, token = '', method = ''] = call
  if (token !== serving.token) refuse(response, tokenRefusal(token))
  else await callMethod(serving, request, response, method)
  return true
}

/** A token of the right form is unknown; one of another form is no address at all. */
function tokenRefusal(token: string): Refusal {
  return /^\d+:[\w-]{30,}$/.test(token) ? new Refusal(401, 'Unauthorized') : new Refusal(404, 'Not Found')
}

async function callMethod(
  serving: BotServing,
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
): Promise<void> {
  const { faults } = serving
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const params = await readParams(request)
  if (faults.milliseconds() > 0) await sleep(faults.milliseconds())
  const answer = await carryOut(serving, method, params, gone.signal)
  const lost = answer instanceof Refusal ? null : faults.lostFor(method)
  const status = lost !== null ? (lost.status ?? 0) : answer instanceof Refusal ? answer.status : 200
  serving.record({ method, params, at: serving.now(), status })
  if (lost?.hold === true) return
  if (lost !== null && lost.status === undefined) request.socket.destroy()
  else if (lost !== null) refuse(response, new Refusal(status, 'Bad Gateway'))
  else if (answer instanceof Refusal) refuse(response, answer)
  else {
    const note = answer.note === undefined ? {} : { description: answer.note }
    sendJson(response, 200, { ok: true, result: answer.value, ...note })
  }
}

async function carryOut(
  { faults, methods }: BotServing,
  method: string,
  params: Params,
  gone: AbortSignal,
): Promise<Result | Refusal> {
  const chatId = params.chat_id === undefined ? null : Number(params.chat_id)
  const fault = faults.refusalFor(method, chatId)
  if (fault !== null) return fault
  try {
    return await methods.call(method, params, gone)
  } catch (error) {
    if (error instanceof Refusal) return error
    if (isUnknownMethod(error)) return new Refusal(404, 'Not Found: method not found')
    throw error
  }
}

function refuse(response: ServerResponse, { status, description, parameters }: Refusal): void {
  const more = parameters === undefined ? {} : { parameters }
  sendJson(response, status, { ok: false, error_code: status, description, ...more })
}

function sendFile(serving: BotServing, response: ServerResponse, token: string, fileId: string): true {
  const photo = serving.photos.get(fileId)
  if (token !== serving.token || photo === undefined) refuse(response, new Refusal(404, 'Not Found'))
  else sendText(response, 200, photo.bytes, photo.type || 'image/png')
  return true
}
