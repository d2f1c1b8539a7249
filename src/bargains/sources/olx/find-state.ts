import { assignedValues, readState, type StateMember } from '../page/read-state'

const MARKER = '__PRERENDERED_STATE__'
export const LISTING = ['listing', 'listing'] as const
export const AD = ['ad', 'ad'] as const

/** The result list or the advert in `window.__PRERENDERED_STATE__`; null when neither can be read. */
export function findState(bytes: Buffer): StateMember | null {
  for (const start of assignedValues(bytes, MARKER)) {
    const found = readState(bytes, start, [LISTING, AD])
    if (found) return found
  }
  return null
}

export function mentionsState(bytes: Buffer): boolean {
  return bytes.includes(MARKER)
}
