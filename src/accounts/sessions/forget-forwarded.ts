import { beforeRequests } from './before-requests'

/**
 * Where no proxy of ours stands in front, X-Forwarded-For is written by the client itself, and would be a new address for
 * each attempt. Next fills it in from the connection when it is missing, so it goes before Next sees the request.
 */
export function forgetForwarded(): void {
  beforeRequests('forget-forwarded', ({ headers }) => {
    delete headers['x-forwarded-for']
  })
}
