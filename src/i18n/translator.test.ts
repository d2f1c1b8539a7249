import { expect, test } from 'vitest'
import { AppError } from '@/kernel/app-error'
import { createTranslatorFor } from './translator'

const polish = createTranslatorFor('pl', 'Europe/Warsaw')
const english = createTranslatorFor('en', 'Europe/Warsaw')

test('Polish numbers take the right form', () => {
  const say = (count: number) => polish.t('ui.table.selected', { count })
  expect([1, 2, 5, 22, 112].map(say)).toEqual([
    '1 zaznaczony',
    '2 zaznaczone',
    '5 zaznaczonych',
    '22 zaznaczone',
    '112 zaznaczonych',
  ])
})

test('an unknown key or a missing value is an error, not a raw key', () => {
  expect(() => english.t('ui.table.selected')).toThrow()
})

test('a key that is put together and does not exist gives null', () => {
  expect(english.find('errors.nothing.like.it')).toBeNull()
  expect(english.find('errors')).toBeNull()
  expect(english.find('ui.undo')).toBe('Undo')
})

test('an error says its reason, and without one what its code says', () => {
  expect(english.error(new AppError('not_found', 'x', { reason: 'network' }))).toMatch(/^No connection/)
  expect(english.error(new AppError('not_found', 'x', { reason: 'of-nobody' }))).toMatch(/^This does not exist/)
  expect(polish.error(new AppError('not_found', 'x'))).toMatch(/^Tego nie ma/)
})

test("moments are told in the workspace's zone and the reader's language", () => {
  const moment = new Date('2026-11-22T22:30:00Z')
  expect(polish.dateTime(moment)).toBe('22 lis 2026, 23:30')
  expect(createTranslatorFor('en', 'Asia/Tokyo').date(moment)).toBe('Nov 23, 2026')
  expect(english.relative(moment, new Date('2026-11-22T22:32:00Z'))).toBe('2 minutes ago')
})

test('money keeps its minor units exactly', () => {
  expect(polish.money({ amount: 123456789012345678n, currency: 'PLN' }).replace(/\s/g, ' ')).toBe(
    '1 234 567 890 123 456,78 zł',
  )
  expect(polish.money({ amount: 65000n, currency: 'PLN' }).replace(/\s/g, ' ')).toBe('650 zł')
})
