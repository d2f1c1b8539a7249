import { types } from 'node:util'
import { Middleware, NonRetriableError } from 'inngest'

/**
 * Refuses what a step or a job returns and JSON cannot carry. The SDK changes or drops such a value silently: the step
 * would be done, and the next try would find something else than the first.
 */
export class PlainResults extends Middleware.BaseMiddleware {
  readonly id = 'gleaner:plain-results'

  override async wrapStepHandler({ next, stepInfo }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    const result = await next()
    if (!stepInfo.memoized) refuseUnplain(result, `step ${stepInfo.options.id}`)
    return result
  }

  override async wrapFunctionHandler({ next, fn }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    const result = await next()
    refuseUnplain(result, `job ${fn.id()}`)
    return result
  }
}

function refuseUnplain(result: unknown, who: string): void {
  const found = findUnplain(result, [])
  if (!found) return
  const where = found.path.length > 0 ? ` at ${found.path.join('').replace(/^\./, '')}` : ''
  throw new NonRetriableError(`${who} returned ${found.kind}${where}, which JSON cannot carry`)
}

type Unplain = { readonly kind: string; readonly path: readonly string[] }

/** What JSON cannot carry in a value, and where; null for a plain one. `above` are the objects that hold it. */
function findUnplain(value: unknown, above: object[]): Unplain | null {
  const kind = kindOf(value)
  if (kind) return { kind, path: [] }
  if (typeof value !== 'object' || value === null || saysItself(value)) return null
  if (above.includes(value)) return { kind: 'a cycle', path: [] }
  above.push(value)
  const found = Array.isArray(value) ? findInList(value, above) : findInRecord(value, above)
  above.pop()
  return found
}

function findInList(list: readonly unknown[], above: object[]): Unplain | null {
  for (let at = 0; at < list.length; at += 1) {
    // In a list it would become null, for its place cannot be left out.
    const found = list[at] === undefined ? { kind: 'undefined', path: [] } : findUnplain(list[at], above)
    if (found) return { ...found, path: [`[${at}]`, ...found.path] }
  }
  return null
}

function findInRecord(record: object, above: object[]): Unplain | null {
  for (const [key, inner] of Object.entries(record)) {
    const found = findUnplain(inner, above)
    if (found) return { ...found, path: [`.${key}`, ...found.path] }
  }
  return null
}

/** The words for a kind of value that JSON drops or changes; null for others. A field that is `undefined` is left out, as the SDK does. */
function kindOf(value: unknown): string | null {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? null : String(value)
    case 'bigint':
      return 'a BigInt'
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
    case 'object':
      return value === null ? null : kindOfObject(value)
    default:
      return null
  }
}

function kindOfObject(value: object): string | null {
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return `binary data (${nameOf(value)})`
  if (types.isDate(value) && Number.isNaN(value.getTime())) return 'an invalid date'
  if (Array.isArray(value) || saysItself(value)) return null
  if (!isPlain(value)) return `an object of class ${nameOf(value)}`
  return Object.getOwnPropertySymbols(value).length > 0 ? 'a key that is a symbol' : null
}

/** Made by `{}`, in whatever realm, or without a prototype. Of any other only the fields are left: a Map is `{}`. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** It says itself how it is written: a Date, an address. */
function saysItself(value: object): boolean {
  return 'toJSON' in value && typeof value.toJSON === 'function'
}

function nameOf(value: object): string {
  return value.constructor?.name || 'unknown'
}
