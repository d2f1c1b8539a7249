import { expect, test } from 'vitest'
import { chooseLocale } from './locales'

test("the member's profile comes before the cookie, the cookie before the browser", () => {
  expect(chooseLocale({ profile: 'pl', cookie: 'en', acceptLanguage: 'en' })).toBe('pl')
  expect(chooseLocale({ profile: null, cookie: 'pl', acceptLanguage: 'en' })).toBe('pl')
  expect(chooseLocale({ cookie: 'xx', acceptLanguage: 'pl-PL,pl;q=0.9,en;q=0.8' })).toBe('pl')
})

test('the browser is asked by weight, and a language we lack is passed over', () => {
  expect(chooseLocale({ acceptLanguage: 'de-DE,de;q=0.9,en;q=0.4,pl;q=0.7' })).toBe('pl')
  expect(chooseLocale({ acceptLanguage: 'pl;q=0,en;q=0.1' })).toBe('en')
})

test('where nothing fits it is English', () => {
  expect(chooseLocale({ acceptLanguage: 'de' })).toBe('en')
  expect(chooseLocale({ acceptLanguage: ';;q=,' })).toBe('en')
  expect(chooseLocale({})).toBe('en')
})
