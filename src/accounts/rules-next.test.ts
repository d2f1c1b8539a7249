import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeNext } from './rules-next'

describe('where sign-in leads', () => {
  it.each(['/', '/watches?tab=1', '/settings/keys#x'])('%s is a page of ours', (next) => {
    expect(safeNext(next)).toBe(next)
  })

  it.each([
    null,
    '',
    'watches',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
  ])('%j leads home', (next) => {
    expect(safeNext(next)).toBe('/')
  })

  it('no text leads to another site', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => new URL(safeNext(`/${rest}`), 'http://own.test').host === 'own.test'),
      { numRuns: 2_000 },
    )
  })
})
