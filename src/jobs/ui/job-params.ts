import { isUuid } from '@/kernel/ids'
import { oneOf, type Param, text } from '@/ui/address'
import { RUN_STATES } from '../rules-states'

const id: Param<string | null> = { read: (typed) => (isUuid(typed) ? typed : null), write: String, fallback: null }

/** What the list of runs keeps in its address; `run` is the one that is open beside it. */
export const jobParams = {
  state: oneOf(RUN_STATES, null),
  function: text(null),
  run: id,
}
