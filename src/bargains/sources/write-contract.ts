import type { Item, ParsedPage, Price, Rejected } from './source'

/** What `gleaner parse --json` prints: as `ParsedPage`, with amounts as text, since JSON knows no whole numbers. */
export type PageContract = Omit<ParsedPage, 'items'> & { readonly items: readonly ItemContract[] }

export type ItemContract = Omit<Item, 'price'> & {
  readonly price: Omit<Price, 'amount'> & { readonly amount: string | null }
}

/** A judged page as plain JSON, its keys in the order of the contract; later keys are only ever added at the end. */
export function toContract(page: ParsedPage): PageContract {
  const { source, variant, kind, verdict, next, total, reason, answered } = page
  const items = page.items.map(toItemContract)
  const rejected = page.rejected.map(toRejectedContract)
  return { source, variant, kind, verdict, items, rejected, next, total, reason, answered }
}

function toItemContract(item: Item): ItemContract {
  const { externalId, url, title, description, price, ...rest } = item
  return { externalId, url, title, description, price: toPriceContract(price), ...rest }
}

function toPriceContract({ kind, amount, currency, negotiable }: Price): ItemContract['price'] {
  return { kind, amount: amount?.toString() ?? null, currency, negotiable }
}

function toRejectedContract({ reason, externalId }: Rejected): Rejected {
  return { reason, externalId }
}
