import { hostOf } from '@/accounts/sessions/cookie'
import { AppError } from '@/kernel/app-error'

/** More than the largest form of ours, far less than what would hurt. */
export const BODY_MOST = 1_048_576

/**
 * A write that comes with a cookie must come from our own pages. Browsers say where from; what says nothing is no browser
 * and carries no cookie that it did not mean to.
 */
export function assertSameOrigin(request: Request): void {
  if (request.method === 'GET' || request.headers.has('authorization')) return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (site === null ? origin === null || isOwn(origin, request.headers) : site === 'same-origin' || site === 'none')
    return
  throw new AppError('forbidden', `a write from another site (${site ?? origin})`, { reason: 'otherSite' })
}

function isOwn(origin: string, headers: Headers): boolean {
  return URL.canParse(origin) && new URL(origin).host === hostOf(headers)
}

/** The request with its body read, or null when that is longer than `most` bytes, declared or not. */
export async function readWithin(request: Request, most: number = BODY_MOST): Promise<Request | null> {
  if (!request.body) return request
  if (Number(request.headers.get('content-length') ?? 0) > most) return null
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.body) {
    length += part.byteLength
    if (length > most) return null
    parts.push(part)
  }
  const { url, method, headers, signal } = request
  return new Request(url, { method, headers, signal, body: Buffer.concat(parts) })
}
