import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesUnread, pruneContainer } from './prune-json'

const prune = (text: string, ...names: readonly string[]) => pruneContainer(Buffer.from(text), 0, namesUnread(...names))

/** As JSON.parse and a walk over everything would have it. */
function without(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, names))
  if (typeof value !== 'object' || value === null) return value
  const isLeft = (one: unknown) => Buffer.byteLength(JSON.stringify(one)) >= 4
  const pairs = Object.entries(value).map(([key, one]) => [
    key,
    names.includes(key) && isLeft(one) ? null : without(one, names),
  ])
  return Object.fromEntries(pairs)
}

describe('JSON without what nobody reads', () => {
  it('has null where a list, an object, a text or a number of that name stood, and all else as it was', () => {
    const text = '{"a":1,"big":[{"big":2}],"b":{"big" : "x,\\"}", "c":[{"big":{"d":[]}},-1.5e3]},"big":true}'
    expect(prune(text, 'big')).toBe('{"a":1,"big":null,"b":{"big" : "x,\\"}", "c":[{"big":null},-1.5e3]},"big":null}')
    expect(prune('[{"a":"big"},"big"]', 'big')).toBe('[{"a":"big"},"big"]')
  })

  it('has what is shorter than null as it was: it never grows', () => {
    const text = '{"a":[],"b":{},"c":0,"d":""}'
    expect(prune(text, 'a', 'b', 'c', 'd')).toBe(text)
  })

  it('is what a walk over the parsed value would leave, for any value', () => {
    const key = fc.constantFrom('a', 'big', 'gib', 'wide', 'ł"\\', '')
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, true, 'big', '{"big":1}', 'ł\\"}]', 0, -1.5),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        const text = JSON.stringify([value])
        expect(JSON.parse(prune(text, 'big', 'wide') ?? 'null')).toEqual(without([value], ['big', 'wide']))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is nothing where the container never closes or nests deeper than any real one, also in what nobody reads', () => {
    expect(prune('{"a":[1,2', 'a')).toBeNull()
    expect(prune(`{"a":${'['.repeat(300)}${']'.repeat(300)}}`, 'a')).toBeNull()
    expect(prune('['.repeat(1_000_000), 'a')).toBeNull()
  })
})
