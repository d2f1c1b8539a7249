import { type IncomingMessage, Server } from 'node:http'

/**
 * Where no proxy of ours stands in front, X-Forwarded-For is written by the client itself, and would be a new address for
 * each attempt. Next fills it in from the connection when it is missing, so it goes before Next sees the request. A
 * standalone server leaves no other place to do so. For every server of the process, from now on; once.
 */
export function forgetForwarded(): void {
  const emit = Server.prototype.emit
  Server.prototype.emit = function emitWithout(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'request') delete (args[0] as IncomingMessage).headers['x-forwarded-for'] // node's own event
    return Reflect.apply(emit, this, [event, ...args])
  }
}
