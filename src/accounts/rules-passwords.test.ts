import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PASSWORD_LEAST, PASSWORD_MOST, passwordProblem } from './rules-passwords'

describe('passwords', () => {
  it.each([
    ['', 'short'],
    ['ninechars', 'short'],
    ['żółćżółćż', 'short'],
    ['x'.repeat(201), 'long'],
    ['anna.nowak@example.org', 'email'],
    ['Anna.Nowak', 'email'],
    ['Password123!', 'common'],
    ['QWERTYUIOP', 'common'],
    ['hasło12345', 'common'],
    ['aaaaaaaaaaaaa', 'common'],
  ])('%s is refused as %s', (password, problem) => {
    expect(passwordProblem(password, 'anna.nowak@example.org')).toBe(problem)
  })

  it.each(['correct horse battery', 'zażółć gęślą', 'tenletters', '    four spaces'])('%s is taken', (password) => {
    expect(passwordProblem(password, 'anna.nowak@example.org')).toBeNull()
  })

  it('whatever is taken has the promised length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (password) => {
        const taken = passwordProblem(password, 'a@example.org') === null
        return !taken || ([...password].length >= PASSWORD_LEAST && password.length <= PASSWORD_MOST)
      }),
    )
  })
})
