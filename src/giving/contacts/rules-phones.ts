/**
 * Calling code, and what is dialled before a national number at home, by country (ISO 3166-1). Source: ITU-T E.164
 * assigned country codes and E.129 national plans. Poland dials nothing before, Italy keeps its 0.
 */
const PLANS: Readonly<Record<string, readonly [code: string, trunk: string]>> = {
  AT: ['43', '0'],
  BE: ['32', '0'],
  BG: ['359', '0'],
  BR: ['55', '0'],
  BY: ['375', '8'],
  CA: ['1', '1'],
  CH: ['41', '0'],
  CZ: ['420', ''],
  DE: ['49', '0'],
  DK: ['45', ''],
  EE: ['372', ''],
  ES: ['34', ''],
  FI: ['358', '0'],
  FR: ['33', '0'],
  GB: ['44', '0'],
  GR: ['30', ''],
  HR: ['385', '0'],
  HU: ['36', '06'],
  IE: ['353', '0'],
  IT: ['39', ''],
  KZ: ['7', '8'],
  LT: ['370', '0'],
  LV: ['371', ''],
  NL: ['31', '0'],
  NO: ['47', ''],
  PL: ['48', ''],
  PT: ['351', ''],
  RO: ['40', '0'],
  RS: ['381', '0'],
  SE: ['46', '0'],
  SI: ['386', '0'],
  SK: ['421', '0'],
  UA: ['380', '0'],
  US: ['1', '1'],
  UZ: ['998', ''],
}

/** Digits without the calling code, at least: shorter ones are extensions and emergency numbers. */
const LEAST_NATIONAL = 7
/** E.164: fifteen with the calling code. */
const MOST = 15

/** The country whose zone it is, among those whose numbers we know; null elsewhere. */
export function countryOfZone(timeZone: string): string | null {
  return Object.keys(PLANS).find((country) => zonesOf(country).includes(timeZone)) ?? null
}

function zonesOf(country: string): readonly string[] {
  // ECMA-402 has it, the types of this TypeScript do not yet.
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?: () => readonly string[] }
  return locale.getTimeZones?.() ?? []
}

/** `"600 100 200"` in Poland → `"+48600100200"`; null where the text is no whole number or its country is unknown. */
export function toE164(typed: string, country: string | null): string | null {
  const digits = digitsOf(typed)
  if (/^\s*(\+|00)/.test(typed)) return international(digits.replace(/^00/, ''))
  const plan = country === null ? undefined : PLANS[country]
  if (!plan) return null
  const [code, trunk] = plan
  // Written with the code and without its plus.
  if (digits.startsWith(code) && digits.length >= code.length + LEAST_NATIONAL + 2) return international(digits)
  const national = trunk && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits
  return national.length < LEAST_NATIONAL ? null : international(code + national)
}

function international(digits: string): string | null {
  return /^[1-9]/.test(digits) && digits.length > LEAST_NATIONAL && digits.length <= MOST ? `+${digits}` : null
}

/** Only its digits. */
export function digitsOf(typed: string): string {
  return typed.replace(/\D/g, '')
}

/** The number without its calling code, for those who search by what they dial; null when the code is unknown. */
export function nationalOf(e164: string): string | null {
  const digits = digitsOf(e164)
  const codes = Object.values(PLANS).map(([code]) => code)
  const code = codes.find((one) => digits.startsWith(one))
  return code === undefined ? null : digits.slice(code.length)
}
