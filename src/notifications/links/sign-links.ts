import { createHmac, timingSafeEqual } from 'node:crypto'
import { decodeKey } from '@/env'

/** What a link of a letter says once its signature is known to be ours. */
export type SignedLink = {
  /** `act`: does something; `stop`: ends the weekly summary. */
  readonly purpose: 'act' | 'stop'
  /** Of `act` the delivery that it stood in; of `stop` the workspace. */
  readonly id: string
  /** Of `act` `<verb>:<uuid>`; of `stop` the member. */
  readonly data: string
}

export type LinkSigner = {
  readonly actUrl: (deliveryId: string, data: string) => string
  readonly stopUrl: (workspaceId: string, memberId: string) => string
  /** Null for what was not signed here, or was altered. */
  readonly read: (token: string) => SignedLink | null
}

/** `key`: 32 bytes, as GLEANER_ENCRYPTION_KEY holds them. Nothing is stored until a link is used. */
export function createLinkSigner(key: string, appUrl: string): LinkSigner {
  const secret = createHmac('sha256', decodeKey(key)).update('links of letters').digest()
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest().subarray(0, 16)
  const token = (...parts: readonly string[]) => {
    const text = parts.join('|')
    return `${Buffer.from(text).toString('base64url')}.${sign(text).toString('base64url')}`
  }
  return {
    actUrl: (deliveryId, data) => `${appUrl}/act/${token('act', deliveryId, data)}`,
    stopUrl: (workspaceId, memberId) => `${appUrl}/api/unsubscribe/${token('stop', workspaceId, memberId)}`,
    read: (given) => readToken(given, sign),
  }
}

function readToken(given: string, sign: (text: string) => Buffer): SignedLink | null {
  const [body = '', signature = ''] = given.split('.')
  const text = Buffer.from(body, 'base64url').toString('utf8')
  const [got, right] = [Buffer.from(signature, 'base64url'), sign(text)]
  if (got.length !== right.length || !timingSafeEqual(got, right)) return null
  const [purpose, id = '', data = ''] = text.split('|')
  return purpose === 'act' || purpose === 'stop' ? { purpose, id, data } : null
}
