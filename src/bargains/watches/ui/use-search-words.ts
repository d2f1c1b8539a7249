import { useLocale, useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { formatMoney } from '@/kernel/money'
import type { SearchWords } from './watch-view'

/** What a search asks, in a line: "Rowery · Kraków + 10 km · “gazelle” · up to 900 zł". */
export function useSearchWords(): (says: SearchWords) => string {
  const t = useTranslations('watches.says')
  const locale = useLocale()
  return useCallback(
    (says) => {
      const parts = [
        categoryOf(says),
        placeOf(says, t),
        says.query && t('query', { query: says.query }),
        priceOf(says, locale, t),
        says.others > 0 && t('others', { count: says.others }),
      ]
      return parts.filter(Boolean).join(' · ') || t('everything')
    },
    [t, locale],
  )
}

type Texts = ReturnType<typeof useTranslations<'watches.says'>>

/** The site's own path is finest last: "sport-hobby / rowery" is about bicycles. */
function categoryOf({ category }: SearchWords): string {
  return category.slice(-2).map(readable).join(' › ')
}

function placeOf({ place, distance }: SearchWords, t: Texts): string | null {
  if (!place) return null
  const name = readable(place).replace(/(^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase())
  return distance ? t('around', { place: name, distance }) : name
}

function priceOf({ priceFrom, priceTo, currency }: SearchWords, locale: string, t: Texts): string | null {
  const show = (amount: string) => formatMoney({ amount: BigInt(amount), currency }, locale)
  if (priceFrom && priceTo) return t('between', { from: show(priceFrom), to: show(priceTo) })
  if (priceTo) return t('upTo', { to: show(priceTo) })
  return priceFrom ? t('from', { from: show(priceFrom) }) : null
}

/** `zielona-gora_111405` → `Zielona gora`. */
function readable(slug: string): string {
  const words = slug.replace(/_\d+$/, '').replaceAll('-', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A name for a watch that nobody has named yet: what is searched, and where. */
export function suggestName(says: SearchWords): string {
  const what = says.query ?? says.category.at(-1) ?? ''
  return [what, says.place ?? '']
    .filter(Boolean)
    .map(readable)
    .map((word, place) => (place === 1 ? word.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase()) : word))
    .join(' ')
    .slice(0, 80)
}
