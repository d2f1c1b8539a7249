export const LOCALES = ['en', 'pl'] as const
export type Locale = (typeof LOCALES)[number]

export const DEFAULT_LOCALE: Locale = 'en'
/** Holds the choice of a visitor; a signed-in member's profile comes before it. */
export const LOCALE_COOKIE = 'gleaner-locale'

export function isLocale(text: string | null | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text)
}

type Wishes = {
  profile?: string | null | undefined
  cookie?: string | null | undefined
  acceptLanguage?: string | null | undefined
}

/** The member's own choice, else the visitor's cookie, else what the browser asks for, else English. */
export function chooseLocale({ profile, cookie, acceptLanguage }: Wishes): Locale {
  if (isLocale(profile)) return profile
  if (isLocale(cookie)) return cookie
  return fromAcceptLanguage(acceptLanguage ?? '') ?? DEFAULT_LOCALE
}

/** RFC 9110, 12.5.4: the language with the highest weight that we speak; "pl-PL" counts as "pl". */
export function fromAcceptLanguage(header: string): Locale | null {
  const wishes = header
    .split(',')
    .map(parseWish)
    .filter((wish) => wish.weight > 0)
  wishes.sort((a, b) => b.weight - a.weight)
  return wishes.map((wish) => wish.language).find((language) => isLocale(language)) ?? null
}

function parseWish(part: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
  const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
  return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) || 0 }
}
