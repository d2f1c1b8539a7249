import type { ShownWatch } from '../schema'
import { toPriceText } from './price-text'
import type { WatchFormInput } from './watch-form-schema'

/** The form's schema comes when it is needed first: it brings zod along. */
export const loadWatchForm = () => import('./watch-form-schema').then(({ watchFormSchema }) => watchFormSchema)

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
