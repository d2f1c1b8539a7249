import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { type Bell, PATIENCE_MS } from '../bell.ts'
import type { Clock } from '../clock.ts'

/** The inbox: everything that came by SMTP or by Resend's API. */

type Mail = {
  readonly id: string
  readonly via: 'smtp' | 'resend'
  readonly at: Date
  readonly from: string
  /** The envelope's recipients. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Lower-case names; the last one wins. */
  readonly headers: Readonly<Record<string, string>>
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[]
}

export type Inbox = {
  readonly messages: readonly Mail[]
  readonly add: (mail: Omit<Mail, 'id' | 'at'>) => Mail
  readonly waitFor: (predicate?: (mail: Mail) => boolean, timeoutMs?: number) => Promise<Mail>
  readonly to: (address: string) => readonly Mail[]
  readonly reset: () => void
}

export function makeInbox(clock: Clock, bell: Bell): Inbox {
  const messages: Mail[] = []
  return {
    messages,
    add: (mail) => {
      const kept = { ...mail, id: `mail-${messages.length + 1}`, at: clock.now() }
      messages.push(kept)
      bell.ring()
      return kept
    },
    waitFor: (predicate = () => true, timeoutMs = PATIENCE_MS) =>
      bell.until(() => messages.findLast(predicate), timeoutMs, 'an e-mail'),
    to: (address) => messages.filter((mail) => mail.to.includes(address.toLowerCase())),
    reset: () => {
      messages.length = 0
    },
  }
}

export type Smtp = {
  readonly port: () => number
  /** This recipient is refused from now on: 550 unless another code is given. */
  readonly rejectRcpt: (address: string, code?: number) => void
  /** The next messages are refused after their data: 4xx is transient, 5xx is for good. */
  readonly failNext: (code: number, text: string, times?: number) => void
  /** The next messages are taken, and the connection is cut before the answer. */
  readonly answerLost: (times: number) => void
  /** Nobody listens. */
  readonly down: () => Promise<void>
  /** Listens again on the same port. */
  readonly up: () => Promise<void>
  readonly reset: () => void
}

type Refused = { readonly code: number; readonly text: string; left: number }

export async function startSmtp(inbox: Inbox, host: string, port: number): Promise<Smtp> {
  const rejected = new Map<string, number>()
  let refused: Refused | null = null
  let lost = 0
  let server: SMTPServer | null = null
  let bound = port

  const takeData = async (raw: Buffer, to: readonly string[], from: string, cut: () => void) => {
    if (refused !== null && refused.left > 0) {
      refused.left--
      throw withCode(refused.code, refused.text)
    }
    inbox.add({ via: 'smtp', to, from, ...(await parsed(raw)) })
    if (lost <= 0) return
    lost--
    cut()
  }
  const make = () => {
    const made: SMTPServer = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 200,
      onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'somebody' }),
      onRcptTo: (address, _session, done) => {
        const code = rejected.get(address.address.toLowerCase())
        done(code === undefined ? null : withCode(code, 'Mailbox unavailable'))
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map((rcpt) => rcpt.address.toLowerCase())
          const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
          const cut = () => cutConnections(made)
          takeData(Buffer.concat(chunks), to, from, cut).then(() => done(), done)
        })
      },
    })
    made.on('error', () => undefined) // a client that hangs up is no fault of the world
    return made
  }
  const up = async () => {
    if (server !== null) return
    const made = make()
    await new Promise<void>((resolve, reject) => {
      const listening = made.listen(bound, host, resolve)
      listening.once('error', reject)
    })
    const address = made.server.address()
    if (address !== null && typeof address !== 'string') bound = address.port
    server = made
  }
  const down = async () => {
    const made = server
    server = null
    if (made === null) return
    cutConnections(made)
    await new Promise<void>((resolve) => made.close(() => resolve()))
  }
  await up()
  return {
    port: () => bound,
    rejectRcpt: (address, code = 550) => void rejected.set(address.toLowerCase(), code),
    failNext: (code, text, times = 1) => {
      refused = { code, text, left: times }
    },
    answerLost: (times) => {
      lost = times
    },
    up,
    down,
    reset: () => {
      rejected.clear()
      refused = null
      lost = 0
    },
  }
}

function withCode(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code })
}

function cutConnections(server: SMTPServer): void {
  for (const connection of server.connections) connection._socket.destroy()
}

async function parsed(raw: Buffer): Promise<Pick<Mail, 'subject' | 'text' | 'html' | 'headers' | 'attachments'>> {
  const mail = await PostalMime.parse(raw)
  return {
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: Object.fromEntries(mail.headers.map((header) => [header.key, header.value])),
    attachments: mail.attachments.map((one) => ({
      name: one.filename ?? '',
      type: one.mimeType,
      bytes: typeof one.content === 'string' ? Buffer.from(one.content) : Buffer.from(new Uint8Array(one.content)),
    })),
  }
}
