import { getToken } from 'next-auth/jwt'

/** Over https the cookie has the `__Secure-` prefix, which a plain page of the same host cannot set. */
const KINDS = [true, false] as const

/** The session that the request's cookie names, or null. Whether its row still lives is for `callerOfSession` to say. */
export async function readSessionId(headers: Headers, secret: string): Promise<string | null> {
  const cookie = headers.get('cookie')
  if (!cookie) return null
  for (const secureCookie of KINDS) {
    const token = await getToken({ req: { headers: { cookie } }, secret, secureCookie })
    if (typeof token?.sid === 'string') return token.sid
  }
  return null
}

/** Whether the browser talks https to us: by the proxy's word, or because it came by our public https address. */
export function isSecure(headers: Headers, appUrl: string | undefined): boolean {
  if (headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https') return true
  return Boolean(appUrl?.startsWith('https:')) && new URL(appUrl ?? '').host === hostOf(headers)
}

/** As the browser wrote it, also behind a proxy. */
export function hostOf(headers: Headers): string | null {
  return headers.get('x-forwarded-host') ?? headers.get('host')
}

/** Gleaner's own address: the configured one, else the one that this request was sent to. */
export function originOf(headers: Headers, appUrl: string | undefined): string {
  return appUrl ?? `${isSecure(headers, appUrl) ? 'https' : 'http'}://${hostOf(headers) ?? 'localhost'}`
}
