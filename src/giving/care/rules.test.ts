import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/kernel/dates'
import { birthdaysWithin, daysToBirthday, nextBirthday } from './rules-birthdays'
import { daysNotContacted } from './rules-contacted'
import { bundle, lateLevel, stepEpisode } from './rules-episodes'
import { newsOfGift } from './rules-gift-news'
import { statusByRisk } from './rules-status'
import { waitsForThanks } from './rules-thank'

const TODAY = '2026-11-22'
const zl = (amount: number) => ({ amount: BigInt(amount) * 100n, currency: 'PLN' })

describe('the status of a contact', () => {
  it('is lapsed and recovered by the rule alone, and the declined stay so', () => {
    expect(statusByRisk('donor', 'lapsed')).toBe('lapsed')
    expect(statusByRisk('lapsed', 'fine')).toBe('donor')
    const others = [
      statusByRisk('declined', 'lapsed'),
      statusByRisk('prospect', 'lapsed'),
      statusByRisk('donor', 'at_risk'),
    ]
    expect(others).toEqual([null, null, null])
  })
})

describe('a gift that waits for thanks', () => {
  const gift = { date: TODAY, thanked: false, counted: true, imported: false, laterInstalment: false }

  it('is one that counts, was not thanked, and is no later instalment', () => {
    expect(waitsForThanks(gift, TODAY)).toBe(true)
    const others = [{ thanked: true }, { counted: false }, { laterInstalment: true }]
    expect(others.map((change) => waitsForThanks({ ...gift, ...change }, TODAY))).toEqual([false, false, false])
  })

  it('is of the last 60 days where it was imported', () => {
    const imported = { ...gift, imported: true }
    const ages = [60, 61].map((days) => ({ ...imported, date: addDays(TODAY, -days) }))
    expect(ages.map((old) => waitsForThanks(old, TODAY))).toEqual([true, false])
    expect(waitsForThanks({ ...gift, date: addDays(TODAY, -300) }, TODAY)).toBe(true)
  })
})

describe('an episode', () => {
  const rule = { againAfterDays: null }

  it('is told once, again when worse, and resolved when all is well', () => {
    const open = { bucket: 1, toldDaysAgo: 3 }
    expect(stepEpisode(null, 1, rule)).toBe('open')
    expect(stepEpisode(open, 1, rule)).toBe('keep')
    expect(stepEpisode(open, 2, rule)).toBe('tell_again')
    expect(stepEpisode({ ...open, bucket: 3 }, 1, rule)).toBe('ease')
    expect(stepEpisode(open, null, rule)).toBe('resolve')
    expect(stepEpisode(null, null, rule)).toBe('keep')
  })

  it('is told again after 30 days where the plain rule says so', () => {
    const plain = { againAfterDays: 30 }
    expect(stepEpisode({ bucket: 1, toldDaysAgo: 29 }, 1, plain)).toBe('keep')
    expect(stepEpisode({ bucket: 1, toldDaysAgo: 30 }, 1, plain)).toBe('tell_again')
  })

  it('of six missed months is told three times, not eighteen', () => {
    const told = [0, 0]
    for (let days = 1; days <= 180; days++) {
      const [bucket = 0, count = 0] = told
      const step = stepEpisode(bucket === 0 ? null : { bucket, toldDaysAgo: 1 }, lateLevel(days), rule)
      if (step === 'open' || step === 'tell_again') told.splice(0, 2, lateLevel(days), count + 1)
    }
    expect(told).toEqual([3, 3])
  })

  it('has later buckets for more days', () => {
    expect([0, 1, 30, 31, 60, 61, 400].map(lateLevel)).toEqual([0, 1, 1, 2, 2, 3, 3])
    fc.assert(fc.property(fc.nat(1000), fc.nat(1000), (a, b) => lateLevel(a + b) >= lateLevel(a)))
  })

  it('of a kind comes alone up to five times, and together beyond', () => {
    expect(bundle([1, 2, 3, 4, 5])).toEqual({ single: [1, 2, 3, 4, 5] })
    expect(bundle([1, 2, 3, 4, 5, 6])).toEqual({ together: [1, 2, 3, 4, 5, 6] })
  })
})

describe('a birthday', () => {
  it('is kept on 28 February where there is no 29th', () => {
    expect(nextBirthday('1988-02-29', '2026-02-01')).toBe('2026-02-28')
    expect(nextBirthday('1988-02-29', '2028-02-01')).toBe('2028-02-29')
    expect(daysToBirthday('1970-11-21', TODAY)).toBe(364)
    expect(daysToBirthday('1970-11-22', TODAY)).toBe(0)
  })

  it('is found among the days by month and day', () => {
    expect(birthdaysWithin('2026-02-27', 3)).toEqual(['02-27', '02-28', '03-01', '02-29'])
    expect(birthdaysWithin('2028-02-28', 2)).toEqual(['02-28', '02-29'])
    expect(birthdaysWithin('2026-12-31', 2)).toEqual(['12-31', '01-01'])
  })
})

describe('a donor without a word', () => {
  const contact = { status: 'donor', deceased: false, doNotContact: false, lastTouch: null, knownSince: '2026-01-01' }

  it('is told after 60 days', () => {
    expect(daysNotContacted({ ...contact, lastTouch: addDays(TODAY, -60) }, TODAY)).toBe(60)
    expect(daysNotContacted({ ...contact, lastTouch: addDays(TODAY, -59) }, TODAY)).toBeNull()
    expect(daysNotContacted(contact, TODAY)).toBe(325)
    expect(daysNotContacted({ ...contact, doNotContact: true }, TODAY)).toBeNull()
    expect(daysNotContacted({ ...contact, status: 'prospect' }, TODAY)).toBeNull()
  })
})

describe('a gift’s news', () => {
  const earlier = [zl(100), zl(100), zl(120)]

  it('is first, resumed, larger by half, smaller by a third, or none', () => {
    expect(newsOfGift(zl(50), { earlier: [], before: 'new' })).toBe('first')
    expect(newsOfGift(zl(100), { earlier, before: 'at_risk' })).toBe('resumed')
    expect([150, 149, 100, 67, 66].map((amount) => newsOfGift(zl(amount), { earlier, before: 'fine' }))).toEqual([
      'larger',
      null,
      null,
      null,
      'smaller',
    ])
  })

  it('compares one currency with itself', () => {
    const euros = { amount: 100_00n, currency: 'EUR' }
    expect(newsOfGift(euros, { earlier, before: 'fine' })).toBeNull()
  })
})
