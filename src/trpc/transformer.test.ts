import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { transformer } from './transformer'

const { serialize, deserialize } = transformer

/** There and back as it goes over the wire. */
function send(value: unknown): unknown {
  return deserialize(JSON.parse(JSON.stringify(serialize(value))))
}

const data = fc.anything({
  withBigInt: true,
  withDate: true,
  withNullPrototype: false,
  withObjectString: false,
  key: fc.oneof(fc.string(), fc.constantFrom('$', 'is', 'json', '__proto__', 'constructor')),
})

it('what is sent arrives as it was, whatever it is made of', () => {
  fc.assert(
    fc.property(data, (value) => {
      // vitest's own comparison takes a key called `constructor` for the object's.
      expect(isDeepStrictEqual(send(value), value)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

it('dates, big numbers and what is undefined arrive as themselves', () => {
  const at = new Date('2026-11-22T10:00:00.123Z')
  const sent = { at, minor: 123456789012345678901n, none: undefined, list: [undefined, null, at], rate: Number.NaN }
  expect(send(sent)).toStrictEqual(sent)
  expect(send(undefined)).toBeUndefined()
  expect(send(new Date(Number.NaN))).toStrictEqual(new Date(Number.NaN))
})

it('plain JSON stays plain, so that a call can be written by hand', () => {
  expect(serialize({ name: 'Bikes', tags: ['a', 1, null, true] })).toEqual({
    json: { name: 'Bikes', tags: ['a', 1, null, true] },
  })
})

it('an object that looks like a mark of ours stays an object', () => {
  const sent = { $: 'Date', is: 0, deeper: { $: 'bigint', is: '1' } }
  expect(send(sent)).toStrictEqual(sent)
})

it('what would be lost on the way is refused at the start', () => {
  for (const value of [new Map(), new Set([1]), /x/, new Error('x'), () => 1, Symbol('x')]) {
    expect(() => serialize({ value })).toThrow(TypeError)
  }
})

it('a mark that nobody wrote is refused', () => {
  expect(() => deserialize({ json: { $: 'Function', is: 'x' } })).toThrow(TypeError)
})

it('a key of a prototype stays a key', () => {
  deserialize(JSON.parse('{"json":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}'))
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})
