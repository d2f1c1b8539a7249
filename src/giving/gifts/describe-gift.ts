import type { TakenBack } from '../pledges/allocate-contacts'
import type { GiftRow } from './check-gift'
import type { ListedGift } from './schema'

export type NamedGift = { readonly gift: GiftRow; readonly contactName: string; readonly fundName: string | null }

/** A row as pages and REST get it: money as text, moments as ISO texts. */
export function describeGift({ gift, contactName, fundName }: NamedGift): ListedGift {
  const { id, contactId, givenOn, currency, fundId, method, type, externalId, note, anonymous, extra } = gift
  return {
    ...{ id, contactId, contactName, givenOn, currency, fundId, fundName, method, type, externalId, note },
    ...{ anonymous, extra, reversesId: gift.reversesId, voidReason: gift.voidReason, thanksDue: gift.thanksDue },
    ...{ importId: gift.importId, version: gift.version },
    amount: gift.amount.toString(),
    refunded: gift.refunded.toString(),
    voidedAt: gift.voidedAt?.toISOString() ?? null,
    thankedAt: gift.thankedAt?.toISOString() ?? null,
    createdAt: gift.createdAt.toISOString(),
  }
}

export function describeTakenBack(takenBack: TakenBack) {
  return takenBack.map((share) => ({ ...share, amount: share.amount.toString() }))
}
