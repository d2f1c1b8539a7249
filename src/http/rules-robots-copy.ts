import { isAllowed, type RobotsRule } from './rules-robots'

/** How a host's robots.txt was found: read, not there (4xx), or the host did not say (5xx, no answer). */
export type RobotsState = 'read' | 'absent' | 'unreachable'

/** A kept copy. After a try that failed, `rules` and `readAt` are those of the last one that did not. */
export type RobotsCopy = {
  readonly state: RobotsState
  readonly rules: readonly RobotsRule[]
  readonly crawlDelay: number | null
  /** When the host last told; null: never. */
  readonly readAt: Date | null
  readonly checkedAt: Date
  readonly detail: string | null
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** RFC 9309, 2.4: a copy is not used for longer than a day, unless the file cannot be reached. */
const KEPT = DAY
/** A host that does not say is asked again after this, whatever the number of searches that wait. */
const TRY_AGAIN = 10 * MINUTE
/** RFC 9309, 2.3.1.4: "a reasonably long period of time (for example, 30 days)" for the copy of a host out of reach. */
const LAST_KNOWN = 30 * DAY

/** When the file has to be asked for again. */
export function staleAt({ state, checkedAt }: Pick<RobotsCopy, 'state' | 'checkedAt'>): Date {
  return new Date(checkedAt.getTime() + (state === 'unreachable' ? TRY_AGAIN : KEPT))
}

/**
 * What a status means (RFC 9309, 2.3.1): 2xx is read, 4xx is "no rules", everything else is out of reach. 429 is out of
 * reach too, as Google has it: who asks us to slow down has said nothing about what we may read.
 */
export function stateOfStatus(status: number): RobotsState {
  if (status >= 200 && status < 300) return 'read'
  return status >= 500 || status === 429 ? 'unreachable' : 'absent'
}

/** `unknown`: the host has not told, so nothing may be asked of it (RFC 9309, 2.3.1.4). */
export type RobotsWord = 'allowed' | 'forbidden' | 'unknown'

/** What a copy says of an address at `now`. */
export function judgeAddress(copy: RobotsCopy, url: URL, now: Date): RobotsWord {
  const known = copy.readAt !== null && now.getTime() - copy.readAt.getTime() <= LAST_KNOWN
  if (copy.state === 'unreachable' && !known) return 'unknown'
  return isAllowed(copy.rules, url) ? 'allowed' : 'forbidden'
}
