import type { Caller } from '@/accounts/caller'
import type { SessionDoor } from '@/accounts/sessions/session-door'
import type { Locale } from '@/i18n/locales'
import type { WebDeps } from './deps'

/** What every procedure starts from. Made by the HTTP doors and by the server caller of pages. */
export type TrpcContext = {
  readonly deps: WebDeps
  /** Of the request. */
  readonly headers: Headers
  /** For the answer: `Retry-After` and the like. */
  readonly responseHeaders: Headers
  readonly caller: Caller | null
  readonly locale: Locale
  /** The network address that attempts are counted by. */
  readonly address: string
  readonly door: SessionDoor
}
