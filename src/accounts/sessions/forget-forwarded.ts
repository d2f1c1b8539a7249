import { type IncomingMessage, Server } from 'node:http'

const DONE = Symbol.for('gleaner.forgetForwarded')

/**
 * Where no proxy of ours stands in front, X-Forwarded-For is written by the client itself, and would be a new address for
 * each attempt. Next fills it in from the connection when it is missing, so it goes before Next sees the request. A
 * standalone server leaves no other place to do so. For every server of the process, from now on; twice is as once.
 */
export function forgetForwarded(): void {
  // The symbol is ours alone: this module is bundled for the process's first line and for Next.
  const prototype: { emit: Server['emit']; [DONE]?: true } = Server.prototype
  if (prototype[DONE]) return
  prototype[DONE] = true
  const { emit } = prototype
  prototype.emit = function emitWithout(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'request') delete (args[0] as IncomingMessage).headers['x-forwarded-for'] // node's own event
    return Reflect.apply(emit, this, [event, ...args])
  }
}
