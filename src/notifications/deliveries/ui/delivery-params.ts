import { createParser, parseAsStringLiteral } from 'nuqs/server'
import { isUuid } from '@/kernel/ids'
import { DELIVERY_STATES } from '../rules-states'

const parseAsId = createParser<string>({ parse: (text) => (isUuid(text) ? text : null), serialize: (id) => id })

/** What the log keeps in its address. */
export const deliveryParams = {
  state: parseAsStringLiteral(DELIVERY_STATES),
  channel: parseAsId,
  watch: parseAsId,
}
