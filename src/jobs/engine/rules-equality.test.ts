import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalityOf, valueFor } from './rules-equality'
import { compileMatch, holds } from './rules-expression'

const event = { data: { id: 7, name: 'x', deep: { on: true }, list: [1], none: null } }
const equality = (text: string) => equalityOf(compileMatch(text), event)

describe('the equality that an expression asks for', () => {
  it.each([
    ['event.data.id == async.data.id', '["data","id"]', '7'],
    ['async.data.name == "y" && async.data.n > 3', '["data","name"]', '"y"'],
    ['async.data.n > 3 && (event.data.name == async.data.who && async.data.on)', '["data","who"]', '"x"'],
    ['async.data.deep.on == event.data.deep.on', '["data","deep","on"]', 'true'],
    ['3 == async.data["odd key"]', '["data","odd key"]', '3'],
    ['event.data.none == async.data.a && async.data.id == event.data.id', '["data","id"]', '7'],
  ])('of "%s" is %s = %s', (text, path, value) => {
    expect(equality(text)).toEqual({ path, value })
  })

  it.each([
    'async.data.id == event.data.id || async.data.all',
    '!(async.data.id == event.data.id)',
    'async.data.id != event.data.id',
    'event.data.gone == async.data.id',
    'event.data.none == async.data.id',
    'event.data.list == async.data.list',
    'event.data.id == 7',
    'async.data.a == async.data.b',
    'async.data.id > 3',
  ])('is none for "%s"', (text) => {
    expect(equality(text)).toBeNull()
  })

  it('never shuts out an event for which the expression holds', () => {
    const scalar = fc.oneof(
      fc.integer({ min: 0, max: 2 }),
      fc.boolean(),
      fc.constantFrom('0', '1', 'true'),
      fc.constant(null),
    )
    const texts = ['event.data.a == async.data.a', 'async.data.a == event.data.b && async.data.b == event.data.b']
    fc.assert(
      fc.property(
        fc.record({ a: scalar, b: scalar }, { requiredKeys: [] }),
        fc.record({ a: scalar, b: scalar }, { requiredKeys: [] }),
        fc.constantFrom(...texts),
        (begun, come, text) => {
          const match = compileMatch(text)
          const asked = equalityOf(match, { data: begun })
          const matches = holds(match, { event: { data: begun }, async: { data: come } })
          if (asked && matches) expect(valueFor(asked.path, { data: come })).toBe(asked.value)
        },
      ),
    )
  })
})
