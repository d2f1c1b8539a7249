import { describe, expect, it } from 'vitest'
import { newId } from '@/kernel/ids'
import type { Message } from '@/notifications/message'
import { listingFacts } from './matches/rules-facts'
import { bargainsMessages } from './messages'

const NOW = new Date('2026-11-22T13:02:00Z')
const BIKE = {
  source: 'olx',
  title: 'Rower miejski Gazelle 28"',
  url: 'https://www.olx.pl/d/oferta/rower-IDabc.html',
  photos: ['https://photos.example/1.jpg'],
  priceKind: 'fixed' as const,
  amount: 65000n,
  currency: 'PLN',
  negotiable: false,
  city: 'Kraków',
  district: 'Podgórze',
  postedAt: new Date('2026-11-20T13:02:00Z'),
}
const DROP = {
  before: { amount: 75000n, currency: 'PLN' },
  now: { amount: 65000n, currency: 'PLN' },
  percent: 13,
  lowest: true,
}
const NEW = listingFacts('Rower miejski Kraków', BIKE, null, NOW)
const CHEAPER = listingFacts('Rower miejski Kraków', BIKE, DROP, NOW)
const HEALTH = {
  searchId: newId(),
  source: 'olx',
  sourceName: 'OLX.pl',
  url: 'https://www.olx.pl/rowery/',
  watchNames: ['Rower', 'Rama'],
  since: '2026-11-22T13:02:00.000Z',
  nextTryAt: '2026-11-22T14:02:00.000Z',
  reason: 'captcha',
}
const line = { title: 'Rower', url: BIKE.url, price: NEW.price }

function say(kind: string, facts: object, locale = 'en'): Message {
  const reader = { locale, timeZone: 'Europe/Warsaw', now: NOW, appUrl: 'https://gleaner.example' }
  const signal = { id: newId(), kind, subjectId: newId(), watchId: newId(), facts: { ...facts }, createdAt: NOW }
  const sayIt = bargainsMessages[kind]
  if (!sayIt) throw new Error(`no words for ${kind}`)
  return sayIt(signal, reader)
}

function textOf(message: Message): string {
  // Intl separates with narrow and no-break spaces; for people they are spaces.
  return message.lines
    .map((spans) => spans.map(({ text }) => text).join(''))
    .join('\n')
    .replace(/[\u00a0\u202f]/g, ' ')
}

describe('the words of an alert', () => {
  it('a price drop says old and new price, how much, and that it is the lowest yet', () => {
    const message = say('listing.price_drop', CHEAPER)
    expect(message.heading).toBe('Rower miejski Gazelle 28"')
    expect(textOf(message)).toBe('650 zł  was 750 zł (−13 %, lowest yet)\nKraków, Podgórze · listed 2 days ago')
    expect(message.lines[0]?.find((span) => span.struck)?.text).toMatch(/^750/)
    expect(message.footer).toBe('Watch: Rower miejski Kraków')
    expect(message.actions.map((action) => action.label)).toEqual(['Open', '★', 'Ignore', 'Pause watch'])
  })

  it('and the same in Polish', () => {
    const message = say('listing.price_drop', CHEAPER, 'pl')
    expect(textOf(message)).toBe('650 zł  było 750 zł (−13 %, najniżej dotąd)\nKraków, Podgórze · dodane 2 dni temu')
    expect(message.actions.map((action) => action.label)).toEqual(['Otwórz', '★', 'Ignoruj', 'Wstrzymaj obserwację'])
  })

  it('a new advert leads to the advert itself', () => {
    const message = say('listing.new', NEW)
    expect(message.url).toBe(BIKE.url)
    expect(message.subject.replace(/\u00a0/g, ' ')).toBe('New: Rower miejski Gazelle 28", 650 zł')
    expect(message.photos).toEqual(BIKE.photos)
  })

  it('an advert without a place, a date or a figure says what it knows', () => {
    const bare = {
      ...BIKE,
      city: null,
      district: null,
      postedAt: null,
      priceKind: 'unknown' as const,
      amount: null,
      currency: null,
    }
    const message = say('listing.new', listingFacts('Rower', bare, null, NOW))
    expect(textOf(message)).toBe('Price not given\nseen now')
  })

  it('a thing that was listed before says how often, what it was and for how long', () => {
    const ladder = { times: 3, before: '190000', currency: 'PLN', days: 41 }
    expect(textOf(say('listing.new', { ...NEW, ladder }))).toContain(
      '3rd time listed, was 1,900 zł, 41 days on the market',
    )
    expect(textOf(say('listing.new', { ...NEW, ladder }, 'pl'))).toContain(
      'Wystawione 3. raz, poprzednio 1 900 zł, 41 dni na rynku',
    )
    expect(textOf(say('listing.new', { ...NEW, ladder: { ...ladder, before: null, days: 1 } }))).toContain(
      '3rd time listed, 1 day on the market',
    )
  })

  it('what was gone says that it is back', () => {
    expect(textOf(say('listing.reappeared', NEW))).toContain('Was gone, and is for sale again')
  })

  it('many at once are counted, the cheapest named, the rest numbered', () => {
    const facts = {
      watchName: 'Rower',
      count: 12,
      fresh: 9,
      cheaper: 2,
      again: 1,
      lines: [line, line],
      photos: [],
      returning: false,
    }
    const message = say('listing.many', facts)
    expect(message.heading).toBe('Rower: 12 adverts')
    expect(textOf(message)).toBe('9 new · 2 cheaper · 1 back again\nRower · 650 zł\nRower · 650 zł\nand 10 more')
    expect(say('listing.many', { ...facts, returning: true }, 'pl').heading).toBe(
      'Rower: 12 ogłoszeń z czasu wstrzymania',
    )
  })

  it.each([
    ['en', 'Rower: 37 adverts already there'],
    ['pl', 'Rower: 37 ogłoszeń już tam jest'],
  ])('the baseline is one message (%s)', (locale, heading) => {
    const facts = {
      watchName: 'Rower',
      source: 'olx',
      sourceName: 'OLX.pl',
      url: BIKE.url,
      count: 37,
      cheapest: line,
      photos: [],
    }
    expect(say('watch.baseline', facts, locale).heading).toBe(heading)
    expect(textOf(say('watch.baseline', { ...facts, count: 0, cheapest: null }, locale))).toContain('OLX.pl')
  })

  it('a refusal says since when, that nothing is lost, and when the next try is', () => {
    const message = say('search.blocked', HEALTH)
    expect(textOf(message)).toBe(
      'OLX.pl refuses our requests since 2:02 PM. Nothing is lost; we try again at 3:02 PM. Or open the search in your browser.',
    )
    expect(message.footer).toBe('Watches: Rower and Rama')
  })

  it.each(['en', 'pl'])('every kind has words that carry no raw key (%s)', (locale) => {
    for (const kind of ['blocked', 'changed', 'failing', 'gone', 'recovered']) {
      const message = say(`search.${kind}`, HEALTH, locale)
      expect(message.heading + textOf(message)).not.toMatch(/bargains\.|\{/)
    }
  })

  it('buttons carry at most 64 bytes', () => {
    for (const action of say('listing.new', NEW).actions) {
      if (action.kind === 'do') expect(Buffer.byteLength(action.data)).toBeLessThanOrEqual(64)
    }
  })
})
