import 'server-only'
import { headers } from 'next/headers'
import NextAuth, { AuthError, type NextAuthConfig } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { callerOfSession } from '@/accounts/caller'
import type { Deps } from '@/accounts/context'
import { revokeSession } from '@/accounts/revoke-sessions'
import { COOKIE_SECONDS } from '@/accounts/rules-sessions'
import { signInSchema } from '@/accounts/schema'
import { signIn } from '@/accounts/sign-in'
import type { RuntimeEnv } from '@/env'
import { isSecure } from './cookie'
import type { SessionDoor } from './session-door'
import { tellAuthError } from './tell-auth-error'
import { visitorOf } from './visitor'

type Runtime = { readonly deps: Deps; readonly env: RuntimeEnv }

declare module 'next-auth' {
  interface User {
    sessionId?: string
  }
}

/** next-auth, and the only file that knows it. `load` is asked at each request: nothing runs while Next builds. */
export function createAuth(load: () => Promise<Runtime>) {
  const auth = NextAuth(async (request) => configure(await load(), request?.headers ?? (await headers())))
  return { handlers: auth.handlers, door: createDoor(auth) }
}

function configure({ deps, env }: Runtime, requestHeaders: Headers): NextAuthConfig {
  return {
    basePath: '/api/auth',
    secret: env.AUTH_SECRET,
    // The address is the request's: a home network has none that could be configured.
    trustHost: true,
    useSecureCookies: isSecure(requestHeaders, env.APP_URL),
    session: { strategy: 'jwt', maxAge: COOKIE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    logger: quietLogger(deps),
    providers: [passwordProvider(deps, env)],
    callbacks: callbacks(deps),
    events: { signOut: (message) => endSession(deps, message) },
  }
}

function passwordProvider(deps: Deps, env: RuntimeEnv) {
  return Credentials({
    credentials: { email: {}, password: {} },
    async authorize(credentials, request) {
      const input = signInSchema.parse(credentials)
      const { sessionId, userId } = await signIn(deps, input, visitorOf(request.headers, env.GLEANER_TRUST_PROXY))
      return { id: userId, sessionId }
    },
  })
}

/** The cookie holds the session's id alone, and is worth nothing once that row is revoked. */
function callbacks(deps: Deps): NextAuthConfig['callbacks'] {
  return {
    async jwt({ token, user }) {
      if (user?.sessionId) return { sid: user.sessionId }
      return typeof token.sid === 'string' && (await callerOfSession(deps, token.sid)) ? token : null
    },
    session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sid }),
  }
}

async function endSession(deps: Deps, message: object): Promise<void> {
  const sid = 'token' in message ? (message.token as { sid?: string } | null)?.sid : undefined
  const caller = sid ? await callerOfSession(deps, sid) : null
  if (sid && caller) await revokeSession(deps, caller.user.id, sid)
}

/** A wrong password is no news: next-auth would log it with a stack. */
function quietLogger(deps: Deps): NextAuthConfig['logger'] {
  return {
    error: (error) => tellAuthError(deps.log, error),
    warn: (code) => deps.log.debug({ code }, 'next-auth'),
    debug: () => undefined,
  }
}

/** next-auth wraps what `authorize` threw. */
function causeOf(error: unknown): unknown {
  return error instanceof AuthError ? error.cause?.err : undefined
}

type Auth = Pick<ReturnType<typeof NextAuth>, 'signIn' | 'signOut'>

function createDoor(auth: Auth): SessionDoor {
  return {
    async signIn(credentials) {
      try {
        await auth.signIn('credentials', { ...credentials, redirect: false, redirectTo: '/' })
      } catch (error) {
        throw causeOf(error) ?? error
      }
    },
    async signOut() {
      await auth.signOut({ redirect: false, redirectTo: '/sign-in' })
    },
  }
}
