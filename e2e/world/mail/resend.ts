import type { IncomingMessage, ServerResponse } from 'node:http'
import { plainHeaders, readBody, sendJson, urlOf } from '../http.ts'
import { uuidOf } from '../random.ts'
import type { Inbox } from './mail.ts'

/** Resend's `POST /emails`, into the same inbox. */

const RESEND_KEY = 're_madeup_loopback_key'

export type Resend = {
  readonly key: string
  readonly failNext: (status: number, name: string, message: string, times?: number) => void
  readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
  readonly reset: () => void
}

type Payload = {
  readonly from?: string
  readonly to?: string | readonly string[]
  readonly subject?: string
  readonly html?: string
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

export function makeResend(inbox: Inbox): Resend {
  const seen = new Map<string, { readonly body: string; readonly id: string }>()
  let fault: { status: number; name: string; message: string; left: number } | null = null

  const answer = (headers: Record<string, string>, body: string): readonly [number, unknown] => {
    const refusal = refusalOf(headers, body)
    if (refusal !== null) return refusal
    if (fault !== null && fault.left > 0) {
      fault.left--
      return error(fault.status, fault.name, fault.message)
    }
    const key = headers['idempotency-key']
    const before = key === undefined ? undefined : seen.get(key)
    if (before !== undefined && before.body !== body) {
      return error(409, 'invalid_idempotent_request', 'Same idempotency key used with a different request payload')
    }
    if (before !== undefined) return [200, { id: before.id }]
    const mail = inbox.add(mailOf(JSON.parse(body) as Payload, headers)) // its required fields were checked above
    const id = uuidOf(`resend/${mail.id}`)
    if (key !== undefined) seen.set(key, { body, id })
    return [200, { id }]
  }
  return {
    key: RESEND_KEY,
    failNext: (status, name, message, times = 1) => {
      fault = { status, name, message, left: times }
    },
    serve: async (request, response) => {
      if (request.method !== 'POST' || urlOf(request).pathname !== '/emails') return false
      const body = (await readBody(request)).toString()
      const [status, value] = answer(plainHeaders(request), body)
      sendJson(response, status, value, status === 429 ? { 'retry-after': '1' } : {})
      return true
    },
    reset: () => {
      seen.clear()
      fault = null
    },
  }
}

function error(statusCode: number, name: string, message: string): readonly [number, unknown] {
  return [statusCode, { statusCode, name, message }]
}

function refusalOf(headers: Record<string, string>, body: string): readonly [number, unknown] | null {
  const bearer = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1]
  if (bearer === undefined) return error(401, 'missing_api_key', 'Missing API Key')
  if (bearer !== RESEND_KEY) return error(403, 'invalid_api_key', 'API key is invalid')
  const mail = JSON.parse(body) as Payload // unchecked from the wire: the next line checks it
  const missing = (['from', 'to', 'subject'] as const).find((field) => !mail[field])
  if (missing === undefined) return null
  return error(422, 'missing_required_field', `Missing \`${missing}\` field.`)
}

function mailOf(mail: Payload, headers: Record<string, string>) {
  const to = (Array.isArray(mail.to) ? mail.to : [mail.to ?? '']).map(addressOf)
  const named = Object.entries(mail.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const)
  const key = headers['idempotency-key']
  return {
    via: 'resend' as const,
    from: mail.from ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: { ...Object.fromEntries(named), ...(key === undefined ? {} : { 'idempotency-key': key }) },
    attachments: [],
  }
}

function addressOf(text: string): string {
  return (/<([^>]+)>/.exec(text)?.[1] ?? text).trim().toLowerCase()
}
