import { type NextRequest, NextResponse } from 'next/server'

/**
 * A fresh nonce for every page; Next reads it from the request's policy and puts it on its own scripts. Photos of adverts
 * come from the marketplaces' hosts, hence `https: http:` for pictures, and for nothing else.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // A layout does not know its address: it leads to sign-in and back here.
  headers.set('x-pathname', request.nextUrl.pathname + request.nextUrl.search)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

/** React's development build evaluates code for its stack traces; the production build never does. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https: http:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ')
}

/**
 * Pages only, of which one stands below `api`: the body of an API request would be copied on its way through here, and
 * data needs no nonce.
 */
export const config = {
  matcher: [{ source: '/((?!api/(?!docs$)|_next/static|_next/image|icon.svg|manifest.webmanifest).*)' }],
}
