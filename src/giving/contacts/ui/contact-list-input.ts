import type { Values } from '@/ui/address'
import type { ContactKind, ContactStatus } from '../rules'
import { type contactListParams, NOBODY } from './contact-list-params'

export type ContactListInput = {
  q?: string
  status?: ContactStatus
  kind?: ContactKind
  groupId?: string
  ownerId?: string
  unowned?: true
  sort: 'name' | 'newest'
}

const LONGEST = 200

/** What to ask for what stands in the address: key by key the same on the server and in the browser, for the cache. */
export function contactListInput(params: Values<typeof contactListParams>): ContactListInput {
  const { q, status, kind, group, owner, sort } = params
  const asked = q.trim().slice(0, LONGEST)
  return {
    ...(asked ? { q: asked } : {}),
    ...(status ? { status } : {}),
    ...(kind ? { kind } : {}),
    ...(group ? { groupId: group } : {}),
    ...(owner === NOBODY ? { unowned: true } : owner ? { ownerId: owner } : {}),
    sort,
  }
}
