import { beforeRequests } from './before-requests'

const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'] as const

/**
 * Where no proxy of ours stands in front, X-Forwarded-For is written by the client itself, and would be a new address for
 * each attempt; so are the host and the protocol that links and cookies follow. Next fills them in from the connection
 * when they are missing, so they go before Next sees the request.
 */
export function forgetForwarded(): void {
  beforeRequests('forget-forwarded', ({ headers }) => {
    for (const name of FORWARDED) delete headers[name]
  })
}
