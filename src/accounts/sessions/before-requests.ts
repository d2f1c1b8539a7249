import { type IncomingMessage, Server } from 'node:http'

type Look = (request: IncomingMessage) => void

const LOOKS = Symbol.for('gleaner.beforeRequests')
/** The symbol is ours alone: this module is bundled for the process's first line and for Next. */
type Prototype = { emit: Server['emit']; [LOOKS]?: Map<string, Look> }

/**
 * `look` sees every request before Next does, in every server of the process, from now on; twice under one name is as
 * once. A standalone server leaves no other place to do so.
 */
export function beforeRequests(name: string, look: Look): void {
  const prototype: Prototype = Server.prototype
  prototype[LOOKS] ??= hook(prototype)
  prototype[LOOKS].set(name, look)
}

function hook(prototype: Prototype): Map<string, Look> {
  const looks = new Map<string, Look>()
  const { emit } = prototype
  prototype.emit = function emitAfterLooks(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    // Node's own event.
    if (event === 'request') for (const look of looks.values()) look(args[0] as IncomingMessage)
    return Reflect.apply(emit, this, [event, ...args])
  }
  return looks
}
