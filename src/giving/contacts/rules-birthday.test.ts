import { expect, it } from 'vitest'
import { nextBirthday } from '../care/rules-birthdays'
import { birthdayOf, isYearKnown, withoutYear } from './rules-birthday'

it('a birthday without a year has its day every year, 29 February too', () => {
  const leap = birthdayOf(2, 29)
  expect([leap, isYearKnown(leap), isYearKnown('1980-02-29')]).toEqual(['1904-02-29', false, true])
  expect(withoutYear('1980-11-22')).toBe(birthdayOf(11, 22))
  expect(nextBirthday('1904-02-29', '2027-01-01')).toBe('2027-02-28')
  expect(nextBirthday('1904-11-22', '2026-11-22')).toBe('2026-11-22')
})

it('a day that no month has is none', () => {
  expect([birthdayOf(2, 30), birthdayOf(4, 31), birthdayOf(13, 1), birthdayOf(1, 0)]).toEqual(['', '', '', ''])
})
