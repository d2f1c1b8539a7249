import { type Caller, callerOfSession, callerOfToken } from '@/accounts/caller'
import { readSessionId } from '@/accounts/sessions/cookie'
import type { SessionDoor } from '@/accounts/sessions/session-door'
import { addressOf } from '@/accounts/sessions/visitor'
import type { RuntimeEnv } from '@/env'
import { chooseLocale, LOCALE_COOKIE } from '@/i18n/locales'
import type { TrpcContext } from './context'
import type { WebDeps } from './deps'

export type HttpRuntime = { readonly deps: WebDeps; readonly env: RuntimeEnv; readonly door: SessionDoor }

/** The context of one HTTP request: who asks is read once, here. */
export async function createHttpContext(
  { deps, env, door }: HttpRuntime,
  headers: Headers,
  caller?: Caller | null,
): Promise<TrpcContext> {
  const known = caller === undefined ? await callerOf(deps, env, headers) : caller
  return {
    deps,
    headers,
    responseHeaders: new Headers(),
    caller: known,
    locale: chooseLocale({
      profile: known?.user.locale,
      cookie: cookieOf(headers, LOCALE_COOKIE),
      acceptLanguage: headers.get('accept-language'),
    }),
    address: addressOf(headers, env.GLEANER_TRUST_PROXY),
    door,
  }
}

/** An `Authorization` header says that no cookie is meant, also when its key is refused. */
async function callerOf(deps: WebDeps, env: RuntimeEnv, headers: Headers): Promise<Caller | null> {
  if (headers.has('authorization')) return callerOfBearer(deps, headers)
  const sessionId = await readSessionId(headers, env.AUTH_SECRET)
  return sessionId ? callerOfSession(deps, sessionId) : null
}

/** For REST: an API key and nothing else. */
export async function callerOfBearer(deps: WebDeps, headers: Headers): Promise<Caller | null> {
  const token = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  return token ? callerOfToken(deps, token) : null
}

function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([key]) => key === name)?.[1]
}
