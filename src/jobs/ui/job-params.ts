import { createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { isUuid } from '@/kernel/ids'
import { RUN_STATES } from '../rules-states'

const parseAsId = createParser({ parse: (text) => (isUuid(text) ? text : null), serialize: (id: string) => id })

/** What the list of runs keeps in its address; `run` is the one that is open beside it. */
export const jobParams = {
  state: parseAsStringLiteral(RUN_STATES),
  function: parseAsString,
  run: parseAsId,
}
