import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { type Advert, judgeLink, ladderOf, type Rung, similarity, titleKey, trigramsOf } from './rules-reposts'

const test = openTestDatabase()
const HOUR = 3_600_000
const at = (hours: number) => new Date(Date.UTC(2026, 0, 1) + hours * HOUR)

const EARLIER: Advert = {
  site: 'olx',
  sellerId: 's1',
  title: titleKey('Rower miejski Gazelle, damka 28 cali'),
  amount: 190_000n,
  currency: 'PLN',
  firstSeenAt: at(0),
  lastSeenAt: at(100),
  goneAt: null,
}
const newer = (change: Partial<Advert> = {}): Advert => ({
  ...EARLIER,
  amount: 170_000n,
  firstSeenAt: at(110),
  lastSeenAt: at(200),
  ...change,
})

describe('a repost', () => {
  it('is another advert of the seller, nearly the same title and price, once the first is unseen for 24 h', () => {
    expect(judgeLink(newer({ lastSeenAt: at(123) }), EARLIER)).toBeNull()
    expect(judgeLink(newer({ lastSeenAt: at(124) }), EARLIER)).toBe('repost')
  })

  it('is one at once where the first is gone', () => {
    expect(judgeLink(newer({ lastSeenAt: at(110) }), { ...EARLIER, goneAt: at(105) })).toBe('repost')
  })

  it('has a price within 30 % of the first: 1,330 to 2,470 zł for 1,900', () => {
    const judged = (amount: bigint | null) => judgeLink(newer({ amount }), EARLIER)
    expect([judged(133_000n), judged(247_000n)]).toEqual(['repost', 'repost'])
    expect([judged(132_999n), judged(247_001n), judged(null)]).toEqual([null, null, null])
    expect(judgeLink(newer({ currency: 'EUR' }), EARLIER)).toBeNull()
  })

  it('is never of another seller, where both are known', () => {
    expect(judgeLink(newer({ sellerId: 's2' }), EARLIER)).toBeNull()
    expect(judgeLink(newer({ sellerId: null }), EARLIER)).toBe('repost')
  })

  it('may differ in case, diacritics and signs, not in what is sold', () => {
    const judged = (title: string) => judgeLink(newer({ title: titleKey(title) }), EARLIER)
    expect(judged('ROWER miejski „Gazelle” – damka 28 cali!')).toBe('repost')
    expect(judged('Rower miejski Gazelle, damka 28 cali.')).toBe('repost')
    expect(judged('Rower miejski Gazelle, męski 28 cali')).toBeNull()
    expect(judgeLink(newer({ title: '' }), { ...EARLIER, title: '' })).toBeNull()
  })

  it('is no advert that stood beside the first for more than a day, nor one as old', () => {
    expect(judgeLink(newer({ firstSeenAt: at(75) }), EARLIER)).toBeNull()
    expect(judgeLink(newer({ firstSeenAt: at(76) }), EARLIER)).toBe('repost')
    expect(judgeLink(newer({ firstSeenAt: at(0) }), EARLIER)).toBeNull()
  })

  it('on another site is a twin, while both are for sale', () => {
    expect(judgeLink(newer({ site: 'vinted', sellerId: 'x' }), EARLIER)).toBe('twin')
    expect(judgeLink(newer({ site: 'any a.example' }), { ...EARLIER, site: 'any b.example' })).toBe('twin')
  })
})

const word = fc.string({ unit: fc.constantFrom(...'abcąłżéx19żрів'), minLength: 1, maxLength: 8 })
const title = fc.array(word, { maxLength: 8 }).map((words) => titleKey(words.join(' ')))
const moment = fc.integer({ min: 0, max: 300 }).map(at)
const advert: fc.Arbitrary<Advert> = fc.record({
  site: fc.constantFrom('olx', 'vinted'),
  sellerId: fc.constantFrom(null, 's1', 's2'),
  title: fc.constantFrom(EARLIER.title, titleKey('Rower miejski Gazelle damka 28')),
  amount: fc.option(fc.bigInt({ min: 1n, max: 300n })),
  currency: fc.constantFrom('PLN', 'EUR'),
  firstSeenAt: moment,
  lastSeenAt: moment,
  goneAt: fc.option(moment),
})

describe('titles', () => {
  it('are as similar as themselves, and in both directions', () => {
    fc.assert(
      fc.property(title, title, (a, b) => {
        expect(similarity(a, b)).toBe(similarity(b, a))
        expect(similarity(a, a)).toBe(trigramsOf(a).size === 0 ? 0 : 1)
        expect(titleKey(a)).toBe(a)
      }),
    )
  })

  it('have the trigrams that the database finds them by', async () => {
    const titles = fc.sample(title, { numRuns: 300, seed: 7 })
    const pairs = titles.map((a, i) => ({ a, b: titles[(i * 7 + 3) % titles.length] ?? '' }))
    const near = titles.map((a) => ({ a, b: `${a} x`.trim() }))
    const rows = await test.db.execute<{ a: string; b: string; found: number }>(sql`
      select a, b, similarity(a, b)::float8 as found
      from jsonb_to_recordset(${JSON.stringify([...pairs, ...near])}::jsonb) as p(a text, b text)`)
    for (const { a, b, found } of rows) expect(similarity(a, b)).toBeCloseTo(found, 5)
    expect(rows.some(({ found }) => found > 0 && found < 1)).toBe(true)
  })
})

describe('links', () => {
  it('never join two currencies, an unread price, two sellers of one site, or two of the same moment there', () => {
    fc.assert(
      fc.property(advert, advert, (a, b) => {
        const kind = judgeLink(a, b)
        if (kind === null) return
        expect(a.currency).toBe(b.currency)
        expect(a.amount === null || b.amount === null).toBe(false)
        expect(kind === 'twin').toBe(a.site !== b.site)
        if (kind === 'twin') return
        expect(b.firstSeenAt.getTime()).toBeLessThan(a.firstSeenAt.getTime())
        expect(new Set([a.sellerId, b.sellerId].filter((id) => id !== null)).size).toBeLessThan(2)
        expect(judgeLink(b, a)).toBeNull()
      }),
      { numRuns: 5000 },
    )
  })

  it('once made would be made again whenever the newer one is seen again', () => {
    fc.assert(
      fc.property(advert, advert, fc.nat(1000), (a, b, later) => {
        const kind = judgeLink(a, b)
        const seen = { ...a, lastSeenAt: new Date(a.lastSeenAt.getTime() + later * HOUR) }
        return kind === null || judgeLink(seen, b) === kind
      }),
      { numRuns: 2000 },
    )
  })
})

const rung = (amount: bigint | null, days: number, goneAt: Date | null = null): Rung => ({
  ...{ amount, currency: 'PLN', since: at(days * 24), goneAt },
})

describe('a ladder', () => {
  it('says: third time listed, was 1,900 zł, 41 days on the market', () => {
    expect(ladderOf(rung(170_000n, 30), [rung(190_000n, 10), rung(220_000n, 0)], at(41 * 24 + 5))).toEqual({
      times: 3,
      before: 190_000n,
      currency: 'PLN',
      days: 41,
    })
  })

  it('ends when its last advert is gone, and one advert is none', () => {
    expect(ladderOf(rung(1n, 5, at(9 * 24)), [rung(null, 2)], at(1000))).toMatchObject({ days: 7, before: null })
    expect(ladderOf(rung(1n, 5), [], at(1000))).toBeNull()
  })

  it('is counted and never shorter than each of its adverts', () => {
    const rungs = fc.array(
      fc.integer({ min: 0, max: 400 }).map((days) => rung(100n, days)),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(rungs, (earlier) => {
        const ladder = ladderOf(rung(90n, 200), earlier, at(500 * 24))
        expect(ladder?.times).toBe(earlier.length + 1)
        expect(ladder?.days).toBeGreaterThanOrEqual(300)
      }),
    )
  })
})
