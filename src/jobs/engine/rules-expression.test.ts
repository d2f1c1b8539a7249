import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, compileMatch, holds, keyText, numberOf } from './rules-expression'

const event = {
  name: 'host/scan.due',
  ts: 1_700_000_000_000,
  data: { host: 'olx.pl', n: 3, half: 1.5, on: true, nothing: null, tags: ['a', 'b'], 'odd key': 4 },
}
const value = (text: string) => compileExpression(text)({ event })

describe('an expression over an event', () => {
  it.each([
    ['event.data.host', 'olx.pl'],
    ['event.data["odd key"]', 4],
    ['event.data.host + "-" + event.data.n', 'olx.pl-3'],
    ['event.data.n + 2', 5],
    ['event.data.half * 2 > 2.5', true],
    [`event.data.host == 'olx.pl' && event.data.n != 4`, true],
    [`(event.data.n == 4 || event.data.on == true) && event.data.on == false`, false],
    ['event.data.n > 2 && event.data.n <= 3', true],
    ['event.data.on ? 120 : 0', 120],
    ['event.data.gone || event.data.host', 'olx.pl'],
    ['event.data.gone || event.data.nothing || "none"', 'none'],
    ['event.data.on && event.data.host', 'olx.pl'],
    ['event.data.gone && event.data.host', null],
    ['event.data.n.startsWith("x") || event.data.on', true],
    ['(event.data.gone || event.data.host) == "olx.pl"', true],
    ['(event.data.gone || event.data.nothing || "none") + "-" + event.data.host', 'none-olx.pl'],
    ['uppercase(event.data.gone || event.data.host)', 'OLX.PL'],
    ['(event.data.gone || event.data.n) + 1 == 4', true],
    ['(event.data.on && event.data.n) > 2 && !(event.data.gone && event.data.on)', false],
    ['(event.data.on && event.data.n) > 2 ? (event.data.gone || "many") : "few"', 'many'],
    ['event.data.tags.exists(tag, tag == "b" || tag == "z") == (event.data.host == "x" || event.data.on)', true],
    ['[event.data.gone || "a", event.data.on && "b"] == event.data.tags', true],
    [`event.data.host == 'it\\'s "x"' || event.data.tags == ['a', 'b']`, true],
    ['has(event.data.gone) && event.data.gone > 3', false],
    ['size(event.data.tags)', 2],
    ['{"n": size(event.data.tags), "in": [{"m": 1u, "gone": event.data.gone}]}', { n: 2, in: [{ m: 1, gone: null }] }],
    ['{}', {}],
    ['duration("3s")', 3000],
    ['event.data.tags.exists(tag, tag == "b")', true],
    ['"a" in event.data.tags', true],
    ['event.name.startsWith("host/")', true],
    ['uppercase(event.data.host)', 'OLX.PL'],
    ['date(event.ts) < date("2024-01-01")', true],
  ])('"%s" is %j', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })
})

describe('a field that is not there', () => {
  it.each([
    ['event.data.gone', null],
    ['event.data.gone.below', null],
    ['event.data.constructor', null],
    ['event.data.gone == null', true],
    ['event.data.gone != null', false],
    ['event.data.gone == "x"', false],
    ['event.data.gone.below != "x"', true],
    ['event.data.gone == event.data.missing', false],
    ['event.data.gone == event.data.nothing', true],
    ['event.data.gone < 1', true],
    ['event.data.gone > 1', false],
    ['event.data.n > event.data.gone', true],
    ['size(event.data.gone) == 0', true],
    ['event.data.gone.contains("x")', false],
    ['event.data.gone.exists(x, x == 1)', false],
    ['event.data.host + event.data.gone', 'olx.pl'],
    ['has(event.data.gone)', false],
    ['has(event.data.host) && event.data.host == "olx.pl"', true],
    ['event.data.nothing > 0', false],
  ])('makes "%s" %j, as Inngest does', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })
})

describe('an expression that fails on an event', () => {
  it('is no match, no key and no number, and does not throw', () => {
    const broken = compileExpression('event.data.n.startsWith("x")')
    expect(holds(broken, { event })).toBe(false)
    expect(keyText(broken, event)).toBeNull()
    expect(numberOf(broken, event)).toBeNull()
  })

  it('never throws, whatever JSON the event holds', () => {
    const texts = [
      'event.data.a.b == "x"',
      'event.data.a + 1 > 2',
      'size(event.data.a) > 1',
      'event.data.a.all(x, x > 1)',
    ]
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...texts), (data, text) => {
        expect(typeof holds(compileExpression(text), { event: { data } })).toBe('boolean')
      }),
    )
  })
})

describe('keys and numbers', () => {
  it('a number and its text are two keys', () => {
    expect(keyText(compileExpression('event.data.n'), event)).toBe('3')
    expect(keyText(compileExpression('string(event.data.n)'), event)).toBe('"3"')
  })

  it('only a condition that is true holds', () => {
    expect(holds(compileExpression('event.data.on'), { event })).toBe(true)
    expect(holds(compileExpression('event.data.host'), { event })).toBe(false)
    expect(holds(null, { event })).toBe(true)
  })

  it('a priority is a number', () => {
    expect(numberOf(compileExpression('event.data.host == "olx.pl" ? 100 : -5'), event)).toBe(100)
    expect(numberOf(compileExpression('event.data.host'), event)).toBeNull()
  })
})

describe('an expression over two events', () => {
  it('compares the event that began the run with the one that came', () => {
    const match = compileMatch('event.data.id == async.data.id && async.data.paid')
    const begun = { data: { id: 7 } }
    expect(holds(match, { event: begun, async: { data: { id: 7, paid: true } } })).toBe(true)
    expect(holds(match, { event: begun, async: { data: { id: 8, paid: true } } })).toBe(false)
    expect(holds(match, { event: begun, async: { data: { id: 7 } } })).toBe(false)
  })
})

describe('an expression that is wrong', () => {
  it.each([
    ['event.data.n ==', 'Unexpected token: EOF'],
    [`'open`, 'Unterminated string'],
    ['(event.name', 'Expected RPAREN'],
    ['', 'Unexpected token: EOF'],
    ['evnt.data.n == 1', 'Unknown variable: evnt'],
    ['async.data.n == 1', 'Unknown variable: async'],
    ['shout(event.name)', "found no matching overload for 'shout(dyn)'"],
  ])('"%s" is refused with the words of the library', (text, words) => {
    expect(() => compileExpression(text)).toThrow(words)
  })

  it('names its own text', () => {
    expect(() => compileExpression('event.')).toThrow('expression "event.": ')
  })
})

it('texts by the thousand are compiled and forgotten again', () => {
  for (let n = 0; n < 5000; n += 1) {
    expect(holds(compileMatch(`async.data.id == "${n}"`), { event, async: { data: { id: `${n}` } } })).toBe(true)
  }
})
