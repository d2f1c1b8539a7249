import { z } from 'zod'
import { MOST_SEARCHES, newWatchSchema, type ShownWatch } from '../schema'
import { readPriceText, toPriceText } from './price-text'

const { name, interval, dropPercent, channelIds, notify } = newWatchSchema.shape

const words = z.array(z.string()).max(20)

/** The fields of the form as people fill them in, and what the server takes of them. */
export const watchFormSchema = z
  .object({
    /** Links, divided by blanks or lines. */
    text: z.string().trim().min(1, 'watch.noLink').max(20_000, 'watch.longText'),
    name,
    priceFrom: z.string(),
    priceTo: z.string(),
    currency: z.string(),
    words,
    notWords: words,
    interval,
    dropPercent,
    channelIds,
    notify,
  })
  .transform(({ text, priceFrom, priceTo, currency, words, notWords, ...rest }, context) => {
    const price = (path: 'priceFrom' | 'priceTo', typed: string) => {
      const amount = readPriceText(typed, currency)
      if (amount === undefined) context.addIssue({ code: 'custom', path: [path], message: 'filter.badAmount' })
      return amount ?? null
    }
    const [from, to] = [price('priceFrom', priceFrom), price('priceTo', priceTo)]
    if (from !== null && to !== null && BigInt(from) > BigInt(to)) {
      context.addIssue({ code: 'custom', path: ['priceTo'], message: 'filter.priceOrder' })
    }
    const urls = text.split(/\s+/)
    if (urls.length > MOST_SEARCHES) {
      const params = { most: MOST_SEARCHES }
      context.addIssue({ code: 'custom', path: ['text'], message: 'watch.tooManySearches', params })
    }
    return { ...rest, urls, form: { priceFrom: from, priceTo: to, currency, words, notWords } }
  })

export type WatchFormInput = z.input<typeof watchFormSchema>
export type WatchFormOutput = z.output<typeof watchFormSchema>

export function emptyWatch(channelIds: string[]): WatchFormInput {
  return {
    ...{ text: '', name: '', priceFrom: '', priceTo: '', currency: 'PLN', words: [], notWords: [] },
    ...{ interval: 10, dropPercent: 5, channelIds, notify: true },
  }
}

/** The form of a watch that is there; its filter's fields stay empty where the simple form cannot show the filter. */
export function filledWatch(watch: ShownWatch, locale: string): WatchFormInput {
  const { form, searches, name, interval, dropPercent, channelIds, notify } = watch
  const currency = form?.currency ?? searches[0]?.says.currency ?? 'PLN'
  return {
    text: searches.map((search) => search.pasted).join('\n'),
    ...{ name, interval, dropPercent, channelIds, notify, currency },
    priceFrom: toPriceText(form?.priceFrom ?? null, currency, locale),
    priceTo: toPriceText(form?.priceTo ?? null, currency, locale),
    words: [...(form?.words ?? [])],
    notWords: [...(form?.notWords ?? [])],
  }
}
