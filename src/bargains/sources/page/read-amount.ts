import { parseDecimal } from '@/kernel/money'
import type { Price, PriceKind } from '../source'

/** OLX abroad counts in "conventional units", which are dollars by another name. */
const ALIASES: Readonly<Record<string, string>> = { UYE: 'USD' }

export function asCurrency(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const code = value.trim().toUpperCase()
  return /^[A-Z]{3}$/.test(code) ? (ALIASES[code] ?? code) : null
}

/** No price has more digits; the database's whole numbers end at 19. */
const MOST = 10n ** 15n

/**
 * A number or decimal text of a page → minor units, through its text and never by arithmetic. Null for what is no amount
 * above 0: sites write 0 where they know no price, and a price that was not read must never look free.
 */
export function asMinorUnits(value: unknown, currency: string): bigint | null {
  const text = typeof value === 'number' ? exactText(value) : typeof value === 'string' ? value : null
  const amount = text === null || text.length > 20 ? null : parseDecimal(text, currency)
  return amount !== null && amount > 0n && amount < MOST ? amount : null
}

/** Fifteen digits survive a double unchanged; of more, the text would be a guess. */
function exactText(value: number): string | null {
  const text = String(value)
  return /^\d+(\.\d+)?$/.test(text) && text.replace('.', '').length <= 15 ? text : null
}

export function fixedPrice(amount: bigint, currency: string, negotiable: boolean): Price {
  return { kind: 'fixed', amount, currency, negotiable }
}

export function priceWithout(kind: Exclude<PriceKind, 'fixed'>, negotiable = false): Price {
  return { kind, amount: null, currency: null, negotiable }
}

/** A price of an address's filter ("899,50") → minor units as text; null for none that is above 0. */
export function asMinorText(value: string | null, currency: string): string | null {
  return value === null ? null : (asMinorUnits(value.replace(',', '.'), currency)?.toString() ?? null)
}
