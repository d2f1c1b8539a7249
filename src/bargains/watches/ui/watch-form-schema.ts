import * as z from 'zod'
import { MOST_SEARCHES, newWatchSchema } from '../schema'
import { readPriceText } from './price-text'

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
