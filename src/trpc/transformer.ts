type Kind = 'undefined' | 'bigint' | 'Date' | 'number' | 'object'

/** `$` says what JSON could not; `is` is its value in JSON. */
type Tagged = { readonly $: Kind; readonly is: unknown }

/**
 * Values on their way between pages and server: JSON, and beside it `Date`, `bigint`, `undefined`, NaN and the infinities.
 * Of anything else (a `Map`, an instance of a class) `serialize` throws a TypeError: better than to lose it on the way.
 * superjson does more, for 3 kB of every page.
 */
export const transformer = {
  serialize: (value: unknown) => ({ json: pack(value) }),
  // What `serialize` wrote, or `{ json }` by hand.
  deserialize: ({ json }: { json: unknown }): unknown => unpack(json),
}

function pack(value: unknown): unknown {
  if (value === undefined) return tag('undefined', null)
  if (typeof value === 'bigint') return tag('bigint', String(value))
  if (value instanceof Date) return tag('Date', value.getTime())
  if (typeof value === 'number' && !isInJson(value)) return tag('number', Object.is(value, -0) ? '-0' : String(value))
  if (Array.isArray(value)) return value.map(pack)
  if (typeof value === 'object' && value !== null) return packObject(value)
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`a ${typeof value} is no data`)
  return value
}

function packObject(value: object): unknown {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) throw new TypeError(`${value.constructor.name} is no data`)
  const packed = mapValues(value, pack)
  return Object.hasOwn(value, '$') ? tag('object', packed) : packed
}

function tag($: Kind, is: unknown): Tagged {
  return { $, is }
}

/** -0, NaN and the infinities are not. */
function isInJson(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

function unpack(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(unpack)
  if (typeof json !== 'object' || json === null) return json
  return isTagged(json) ? untag(json) : mapValues(json, unpack)
}

function isTagged(json: object): json is Tagged {
  return Object.hasOwn(json, '$')
}

function untag({ $, is }: Tagged): unknown {
  switch ($) {
    case 'undefined':
      return undefined
    case 'bigint':
      return BigInt(String(is))
    case 'Date':
      return new Date(is === null ? Number.NaN : Number(is))
    case 'number':
      return Number(is)
    case 'object':
      return typeof is === 'object' && is !== null ? mapValues(is, unpack) : is
    default:
      throw new TypeError(`unknown kind of data: ${String($ satisfies never)}`)
  }
}

function mapValues(value: object, change: (one: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]))
}
