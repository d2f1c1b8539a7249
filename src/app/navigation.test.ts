import { expect, it } from 'vitest'
import { firstPage } from './navigation'

it.each([
  [true, true, '/today'],
  [true, false, '/watches'],
  [false, true, '/today'],
  [false, false, null],
])('with bargains %s and giving %s home is %s: never a page of a half that is off', (bargains, giving, expected) => {
  expect(firstPage({ bargains, giving })).toBe(expected)
})
