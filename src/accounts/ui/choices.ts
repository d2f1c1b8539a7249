import type { Option } from '@/ui/select'

/** Near the top of a long list, since most who come here need one of these. */
const USUAL = ['PLN', 'EUR', 'USD', 'GBP', 'CZK', 'UAH']

/** Every currency of ISO 4217 that the platform knows, by its name in the reader's language. */
export function listCurrencies(locale: string): readonly Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  const rest = Intl.supportedValuesOf('currency').filter((code) => !USUAL.includes(code))
  return [...USUAL, ...rest].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }))
}

export function listTimeZones(): readonly Option[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return [...names].map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))
}

/** Of this device; for a first guess. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The months, for the start of the fiscal year: "1" is January. */
export function listMonths(locale: string): readonly Option[] {
  const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, at) => ({
    value: String(at + 1),
    label: name.format(new Date(Date.UTC(2026, at, 15))),
  }))
}
