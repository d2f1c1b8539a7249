import type { Item, Rejected } from '../source'

export type Identity = Pick<Item, 'externalId' | 'url' | 'title'>

/** What every advert must have: its identity, its address and its name; or why it is refused. */
export function identify(
  externalId: string | null,
  title: string | null,
  url: string | null,
): Identity | { readonly rejected: Rejected } {
  if (!externalId) return { rejected: { reason: 'no id', externalId: null } }
  if (!title) return { rejected: { reason: 'no title', externalId } }
  return url ? { externalId, url, title } : { rejected: { reason: 'no address', externalId } }
}
