import type { Reading } from './judge-items'

/** Why an advert has no identity, no name or no address, as a refusal; null when it has all three. */
export function refuseReading(externalId: string | null, title: string | null, url: string | null): Reading | null {
  if (!externalId) return { rejected: { reason: 'no id', externalId: null } }
  if (!title) return { rejected: { reason: 'no title', externalId } }
  return url ? null : { rejected: { reason: 'no address', externalId } }
}
