import { isUuid } from '@/kernel/ids'
import { oneOf, type Param } from '@/ui/address'
import { DELIVERY_STATES } from '../rules-states'

const id: Param<string | null> = { read: (typed) => (isUuid(typed) ? typed : null), write: String, fallback: null }

/** What the log keeps in its address. */
export const deliveryParams = {
  state: oneOf(DELIVERY_STATES, null),
  channel: id,
  watch: id,
}
