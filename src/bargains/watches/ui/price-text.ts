import { parseDecimal, toDecimal } from '@/kernel/money'

const BLANKS = /[\s\u00a0\u202f_']/g

/**
 * A price as people type it ("1 200,50", "1,200", "900 zł") in minor units as text. Empty is null; what is no price is
 * undefined. The last of comma and dot divides the fraction when one or two digits stand behind it.
 */
export function readPriceText(text: string, currency: string): string | null | undefined {
  const bare = text.replace(BLANKS, '').replace(/(zł|pln|eur|€|usd|\$|gbp|£|kč|czk)$/i, '')
  if (bare === '') return null
  if (!/^[\d.,]+$/.test(bare)) return undefined
  const [, whole = '', fraction = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(bare) ?? []
  const amount = parseDecimal(`${whole.replace(/[.,]/g, '') || '0'}.${fraction || '0'}`, currency)
  return amount === null || amount >= MOST ? undefined : amount.toString()
}

/** Fifteen digits, as the schema takes them. */
const MOST = 10n ** 15n

/** Minor units as a reader types them: a comma in Polish, no zeros behind a whole amount. */
export function toPriceText(amount: string | null, currency: string, locale: string): string {
  if (amount === null) return ''
  const decimal = toDecimal({ amount: BigInt(amount), currency }).replace(/\.0+$/, '')
  return locale === 'pl' ? decimal.replace('.', ',') : decimal
}
