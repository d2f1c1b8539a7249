import { Resend } from 'resend'
import type { Outcome } from '../channel'
import { headersOf, type Mailer } from './mail'

export type ResendSettings = { readonly key: string; readonly baseUrl: string; readonly from: string }

/** Resend's HTTP API. The delivery's id is the idempotency key: for a day the same letter goes out once. */
export function createResendMailer({ key, baseUrl, from }: ResendSettings): Mailer {
  const resend = new Resend(key, { baseUrl })
  return {
    send: async (mail) => {
      const { to, subject, html, text, key: idempotencyKey } = mail
      const letter = { from, to, subject, html, text, headers: headersOf(mail) }
      const { data, error, headers } = await resend.emails.send(letter, { idempotencyKey })
      return error ? readResendRefusal(error, headers) : { kind: 'sent', providerId: data.id }
    },
    close: () => undefined,
  }
}

type ResendError = { readonly name: string; readonly message: string; readonly statusCode: number | null }

/** https://resend.com/docs/api-reference/errors; no status: nothing came back. */
export function readResendRefusal(error: ResendError, headers: Readonly<Record<string, string>> | null): Outcome {
  const [status, detail] = [error.statusCode, `${error.name}: ${error.message}`]
  // The same key with other words ("2 minutes ago" has moved on): the first letter was taken.
  if (error.name === 'invalid_idempotent_request') return { kind: 'sent', providerId: null }
  if (status === 409) return { kind: 'later', reason: 'provider', detail }
  if (status === null) return { kind: 'later', reason: 'network', detail }
  if (status === 429)
    return { kind: 'later', reason: 'too_many', detail, retryAfter: Number(headers?.['retry-after']) || 1 }
  if (status >= 500) return { kind: 'later', reason: 'provider', detail }
  if (status === 401 || status === 403) return { kind: 'later', reason: 'mail_auth', detail }
  if (/`to` field/.test(error.message)) return { kind: 'never', reason: 'bad_address', detail, switchOff: true }
  return { kind: 'never', reason: 'refused', detail, switchOff: false }
}
