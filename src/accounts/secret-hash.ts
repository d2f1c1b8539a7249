import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** For secrets that we made ourselves with enough randomness: a slow hash would add nothing. Hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** 32 random bytes in base64url, after a prefix by which a leaked one is recognised. */
export function randomSecret(prefix: string): string {
  return prefix + randomBytes(32).toString('base64url')
}

/** Compares two hexadecimal hashes without telling by its time where they differ. */
export function equalHashes(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
