/** Letters and addresses as the marketplaces treat them. */

export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '')
}

export function slug(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUWVXYZ'

/** The sites put the advert's number into its address in base 62, with V and W in each other's place. */
export function base62(number: string): string {
  let rest = BigInt(number)
  let text = ''
  do {
    text = `${DIGITS[Number(rest % 62n)]}${text}`
    rest /= 62n
  } while (rest > 0n)
  return text
}

/** The number behind such an address; null where it is not one. */
export function fromBase62(text: string): string | null {
  let value = 0n
  for (const digit of text) {
    const index = DIGITS.indexOf(digit)
    if (index < 0) return null
    value = value * 62n + BigInt(index)
  }
  return String(value)
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** "12 450": a plain space between thousands. */
export function spaced(amount: number): string {
  const [whole = '', cents] = String(amount).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ')
  return cents === undefined ? grouped : `${grouped},${cents.padEnd(2, '0')}`
}

const WARSAW = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
})

/** "2026-02-07T15:41:59+01:00": local time of Warsaw with its offset, as the state writes times. */
export function warsawTime(at: Date): string {
  const part: Record<string, string> = {}
  for (const { type, value } of WARSAW.formatToParts(at)) part[type] = value
  const offset = part.timeZoneName?.replace('GMT', '') || '+00:00'
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${offset}`
}

const MONTHS =
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia'.split(' ')

/** The card's words. The site renders them in UTC, an hour or two behind its own state. */
export function cardTime(at: Date, now: Date, bumped: boolean): string {
  const day = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  if (at.toISOString().slice(0, 10) === now.toISOString().slice(0, 10)) {
    return `${bumped ? 'Odświeżono dzisiaj' : 'Dzisiaj'} o ${at.toISOString().slice(11, 16)}`
  }
  return bumped ? `Odświeżono dnia ${day}` : day
}
