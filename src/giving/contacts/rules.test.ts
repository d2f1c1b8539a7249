import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contactsCsv } from './rules-csv'
import { readCustom } from './rules-custom'
import { displayName, sortName } from './rules-names'
import { countryOfZone, nationalOf, toE164 } from './rules-phones'
import { wordsAsked, wordsOf } from './rules-words'

const person = { kind: 'person', firstName: 'Łukasz', lastName: 'Żak', name: '' } as const

describe('names', () => {
  it('a person is shown by both names and sorted by the last, folded', () => {
    expect([displayName(person), sortName(person)]).toEqual(['Łukasz Żak', 'zak lukasz'])
    expect(displayName({ ...person, firstName: '' })).toBe('Żak')
  })

  it('a household and an organisation are called by their name', () => {
    const bakery = { kind: 'organisation', firstName: 'x', lastName: 'y', name: 'Piekarnia Łódź' } as const
    expect([displayName(bakery), sortName(bakery)]).toEqual(['Piekarnia Łódź', 'piekarnia lodz'])
  })

  it('what is sorted by fits an index, whatever the name folds to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (lastName) => {
        const sorted = sortName({ ...person, lastName })
        expect(Buffer.byteLength(sorted)).toBeLessThan(1000)
        expect(sorted.isWellFormed()).toBe(true)
      }),
    )
    expect(sortName({ ...person, lastName: '\uFDFA'.repeat(120) }).length).toBe(200)
  })
})

describe('phones', () => {
  it.each([
    ['600 100 200', 'PL', '+48600100200'],
    ['48600100200', 'PL', '+48600100200'],
    ['+48 600-100-200', null, '+48600100200'],
    ['0048 600 100 200', 'DE', '+48600100200'],
    ['030 1234567', 'DE', '+49301234567'],
    ['07700 900123', 'GB', '+447700900123'],
    ['(212) 555-0100', 'US', '+12125550100'],
    ['06 1234567', 'HU', '+361234567'],
    ['06 12345678', 'IT', '+390612345678'],
    ['112', 'PL', null],
    ['600 100 200', null, null],
    ['+0 600', 'PL', null],
    ['+4860010020012345678', 'PL', null],
  ])('%s in %s is %s', (typed, country, expected) => {
    expect(toE164(typed, country)).toBe(expected)
  })

  it('the country is that of the workspace’s zone', () => {
    expect(['Europe/Warsaw', 'Europe/Berlin', 'Antarctica/Troll'].map(countryOfZone)).toEqual(['PL', 'DE', null])
    expect([nationalOf('+48600100200'), nationalOf('+99999')]).toEqual(['600100200', '99999'.slice(0, 0) || null])
  })

  it('a number that was read is read as itself again, wherever', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{8}$/), (national) => {
        const once = toE164(national, 'PL')
        expect(once === null ? null : toE164(once, 'DE')).toBe(once)
      }),
    )
  })
})

describe('words', () => {
  const points = [
    { kind: 'email', value: 'Jan.Kowal@Example.org', folded: 'jan.kowal@example.org' },
    { kind: 'phone', value: '0600 100 200', folded: '+48600100200' },
    { kind: 'address', value: 'Polna 1, Łódź', folded: 'polna 1, lodz' },
  ] as const

  it('names, e-mail addresses and phones are found by their beginnings, addresses are not', () => {
    const words = wordsOf({ names: ['Łukasz O’Neil-Żak', '🎉🎉'], points })
    const finds = (typed: string) => wordsAsked(typed).every((asked) => words.some((word) => word.startsWith(asked)))
    const found = [
      'luk',
      'ŁUK',
      'o’ne',
      'zak',
      'neil żak',
      'jan.k',
      'jan.kowal@ex',
      'example',
      '600 100',
      '+48 600',
      '0600',
      '🎉',
    ]
    expect(found.filter((typed) => !finds(typed))).toEqual([])
    expect(['lodz', 'polna', 'ukasz', 'lukasz nowak'].filter(finds)).toEqual([])
  })

  it('nothing typed asks for nothing, and no text asks for more than six words', () => {
    expect([wordsAsked(''), wordsAsked('  '), wordsAsked('a b c d e f g h').length]).toEqual([[], [], 6])
  })

  it('whoever types a whole name finds its bearer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (name) => {
        const words = wordsOf({ names: [name], points: [] })
        expect(wordsAsked(name).every((asked) => words.some((word) => word.startsWith(asked)) || /\d/.test(name))).toBe(
          true,
        )
      }),
    )
  })
})

describe('custom fields', () => {
  const field = (kind: 'text' | 'number' | 'date' | 'choice') => ({ id: 'x', kind, choices: ['Parish A', 'Parish B'] })
  it.each([
    ['number', ' 12,5 ', '12.5'],
    ['number', '1e9', null],
    ['number', 'NaN', null],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2025-02-29', null],
    ['date', '20255-01-01', null],
    ['choice', 'Parish A', 'Parish A'],
    ['choice', 'parish a', null],
    ['text', ' x ', 'x'],
    ['date', ' ', ''],
  ] as const)('%s %j is %j', (kind, typed, expected) => {
    expect(readCustom(field(kind), typed)).toBe(expected)
  })
})

it('a file of contacts begins with a mark, quotes what must be quoted, and runs nothing in a spreadsheet', () => {
  const blank = { first_name: '', last_name: '', email: '', phone: '', street_address: '', city: '', state: '' }
  const row = { ...blank, postal_code: '00-001', country: 'PL', notes: 'a "b"\r\nc' }
  const csv = contactsCsv([
    { ...row, first_name: '=1+1', last_name: '@x', phone: '+48600100200', city: '-2', state: '+48 =1' },
  ])
  expect(csv).toBe(
    `\uFEFFfirst_name,last_name,email,phone,street_address,city,state,postal_code,country,notes\r\n'=1+1,'@x,,+48600100200,,'-2,'+48 =1,00-001,PL,"a ""b""\r\nc"\r\n`,
  )
})
