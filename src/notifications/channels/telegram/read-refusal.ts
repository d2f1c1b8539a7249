import { GrammyError, HttpError } from 'grammy'
import type { Outcome } from '../channel'

const GONE = /chat not found|user not found|PEER_ID_INVALID|group chat was deactivated|chat_id is empty/i
const MUTE = /not enough rights|CHAT_WRITE_FORBIDDEN|TOPIC_CLOSED|have no rights to send|need administrator rights/i

/** What Telegram's refusal, or its silence, means for a message. */
export function readRefusal(error: unknown): Outcome {
  if (error instanceof GrammyError) return fromTelegram(error)
  if (error instanceof HttpError) return fromNetwork(error)
  throw error
}

function fromTelegram(error: GrammyError): Outcome {
  const detail = error.description
  const never = (reason: string, switchOff: boolean): Outcome => ({ kind: 'never', reason, detail, switchOff })
  const code = error.error_code
  if (code === 429) return { kind: 'later', reason: 'too_many', detail, retryAfter: error.parameters.retry_after ?? 5 }
  if (code >= 500) return { kind: 'later', reason: 'provider', detail, uncertain: true }
  // A revoked or wrong token is no fault of the chat: the message waits for the administrator.
  if (code === 401 || code === 404) return { kind: 'later', reason: 'bad_token', detail }
  if (code === 403) return never('blocked', true)
  if (GONE.test(detail)) return never('bad_address', true)
  if (MUTE.test(detail)) return never('may_not_write', true)
  return never('refused', false)
}

/** Nothing was sent where no connection came about; after that, nobody knows. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function fromNetwork({ error }: HttpError): Outcome {
  const code = codeOf(error)
  return { kind: 'later', reason: 'network', detail: code ?? 'no answer', uncertain: !NOT_CONNECTED.has(code ?? '') }
}

/** The code alone: the text of a network error holds the address, and the address holds the token. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  // Node's fetch wraps what happened.
  if ('cause' in error && error.cause) return codeOf(error.cause)
  return 'code' in error ? String(error.code) : undefined
}
