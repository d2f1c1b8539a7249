import { useLocale, useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { formatMoney } from '@/kernel/money'
import { placeName } from './place-names'
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
  const name = placeName(place)
  return distance ? t('around', { place: name, distance }) : name
}

function priceOf({ priceFrom, priceTo, currency }: SearchWords, locale: string, t: Texts): string | null {
  const show = (amount: string) => formatMoney({ amount: BigInt(amount), currency }, locale)
  if (priceFrom && priceTo) return t('between', { from: show(priceFrom), to: show(priceTo) })
  if (priceTo) return t('upTo', { to: show(priceTo) })
  return priceFrom ? t('from', { from: show(priceFrom) }) : null
}

/** `sport-hobby` → `Sport hobby`. */
function readable(slug: string): string {
  const words = slug.replaceAll('-', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A name for a watch that nobody has named yet: what is searched, and where. */
export function suggestName({ query, category, place }: SearchWords): string {
  const what = readable(query ?? category.at(-1) ?? '')
  return [what, place ? placeName(place) : ''].filter(Boolean).join(' ').slice(0, 80)
}
