import { createTransport } from 'nodemailer'
import type { Outcome } from '../channel'
import { headersOf, type Mail, type Mailer } from './mail'

/** Milliseconds; together less than a lease. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 20_000 }

export type SmtpSettings = { readonly url: string; readonly from: string }

/** A mail server by `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://`. */
export function createSmtpMailer({ url, from }: SmtpSettings): Mailer {
  const transport = createTransport({ ...readSmtpUrl(url), pool: true, maxConnections: 3, ...TIMEOUTS })
  return {
    send: async (mail) => {
      try {
        const info = await transport.sendMail(envelope(mail, from))
        return { kind: 'sent', providerId: info.messageId }
      } catch (error) {
        return readSmtpRefusal(error)
      }
    },
    close: () => transport.close(),
  }
}

/** Greets and signs in, sends nothing. Throws what the server or the network says. */
export async function trySmtp({ url }: Pick<SmtpSettings, 'url'>): Promise<void> {
  const transport = createTransport({ ...readSmtpUrl(url), ...TIMEOUTS })
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

/** User and password are percent-encoded, as in every address; ports are those of RFC 8314. */
export function readSmtpUrl(text: string) {
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  const port = url.port ? Number(url.port) : secure ? 465 : 587
  return { host: url.hostname, port, secure, ...(user && { auth: { user, pass } }) }
}

/** The same letter sent again has the same Message-ID, by which mail programs show it once. */
export function envelope(mail: Mail, from: string) {
  const { to, subject, html, text, key } = mail
  const host = /@([^\s>]+)/.exec(from)?.[1] ?? 'gleaner.invalid'
  return {
    from,
    // An object, not text: else "a@b, c@d" would be two readers.
    to: { name: '', address: to },
    subject,
    html,
    text,
    messageId: `<${key}@${host}>`,
    headers: headersOf(mail),
  }
}

type SmtpError = {
  readonly code: string
  readonly command: string
  readonly responseCode: number
  readonly response: string
  readonly syscall: string
}

/** RFC 5321: 4yz may be tried again, 5yz may not. RFC 3463: 5.1.x is the mailbox, 5.7.x a rule of the server. */
export function readSmtpRefusal(error: unknown): Outcome {
  const { code, command, responseCode, response, syscall } = toSmtpError(error)
  const detail = response || code
  if (code === 'EAUTH') return { kind: 'later', reason: 'mail_auth', detail }
  if (responseCode >= 500) return refusedForGood(responseCode, response, command)
  if (responseCode >= 400) return { kind: 'later', reason: 'provider', detail }
  if (code === 'EENVELOPE') return { kind: 'never', reason: 'bad_address', detail, switchOff: true }
  // nodemailer does not say how far it came when the line was cut: unless it never stood, the letter may be there.
  const neverStood = syscall === 'connect' || code === 'EDNS'
  return { kind: 'later', reason: 'network', detail, uncertain: !neverStood }
}

function refusedForGood(status: number, response: string, command: string): Outcome {
  const detail = response
  const enhanced = /\b5\.(\d+)\.\d+\b/.exec(response)?.[1]
  const unknown = enhanced ? enhanced === '1' : command === 'RCPT TO' && [550, 551, 553].includes(status)
  if (unknown) return { kind: 'never', reason: 'bad_address', detail, switchOff: true }
  return { kind: 'never', reason: 'refused', detail, switchOff: false }
}

const NOTHING: SmtpError = { code: 'no answer', command: '', responseCode: 0, response: '', syscall: '' }

function toSmtpError(error: unknown): SmtpError {
  return typeof error === 'object' && error !== null ? { ...NOTHING, ...error } : NOTHING
}
