/** Who did something by hand, as it stands in a run's row: a user at the page, or whoever has the machine. */
export type Requester = 'command line' | `user:${string}`

const USER = 'user:'

export function requesterOf(userId: string): Requester {
  return `${USER}${userId}`
}

/** The user's id; null for the command line. */
export function userIdIn(requester: string): string | null {
  return requester.startsWith(USER) ? requester.slice(USER.length) : null
}
