import { describe, expect, it } from 'vitest'
import { compileExpression } from './rules-expression'

const scope = { event: { name: 'host/scan.due', data: { host: 'olx.pl', n: 3, on: true } } }
const value = (text: string) => compileExpression(text)(scope)

describe('expressions of functions', () => {
  it('a path is read from the event, and one that is not there is null', () => {
    expect(value('event.data.host')).toBe('olx.pl')
    expect(value('event.data.nothing.below')).toBeNull()
    expect(value('event.data.constructor')).toBeNull()
  })

  it('texts are joined and numbers added', () => {
    expect(value(`event.data.host + '-' + event.data.n`)).toBe('olx.pl-3')
    expect(value('event.data.n + 2')).toBe(5)
  })

  it('equality, and, or and brackets bind as in CEL', () => {
    expect(value(`event.data.host == 'olx.pl' && event.data.n != 4`)).toBe(true)
    expect(value(`event.data.n == 4 || event.data.on == true && event.name == "host/scan.due"`)).toBe(true)
    expect(value(`(event.data.n == 4 || event.data.on == true) && event.data.on == false`)).toBe(false)
  })

  it.each(['event.data.n > 3', 'size(event.data)', 'event.data[0]', `'open`, '(event.name', 'event.name ==', ''])(
    '"%s" is refused with its own text',
    (text) => {
      expect(() => compileExpression(text)).toThrow(`expression not supported: ${text}`)
    },
  )
})
