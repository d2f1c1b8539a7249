import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, type HandShare, type Payable, type Payment, paysFrom } from './rules-allocate'

const gift = (id: string, givenOn: string, net: bigint, change: Partial<Payment> = {}): Payment => ({
  ...{ id, givenOn, net, currency: 'PLN', fundId: null, extra: false },
  ...change,
})
const due = (dueOn: string, change: Partial<Payable> = {}): Payable => ({
  ...{ id: dueOn, pledgeId: 'p', dueOn, currency: 'PLN', fundId: null, room: 10000n, paysFrom: '2026-01-01' },
  ...change,
})
const three = [due('2026-01-31'), due('2026-02-28'), due('2026-03-31')]
const told = (shares: readonly { giftId: string; instalmentId: string; amount: bigint }[]) =>
  shares.map((one) => [one.giftId, one.instalmentId, one.amount])

describe('what a gift pays', () => {
  it('is the oldest open instalment first: a part, and the rest of it with the next gift', () => {
    const gifts = [gift('a', '2026-02-01', 4000n), gift('b', '2026-02-20', 10000n)]
    expect(told(allocate(gifts, three, []).machine)).toEqual([
      ['a', '2026-01-31', 4000n],
      ['b', '2026-01-31', 6000n],
      ['b', '2026-02-28', 4000n],
    ])
  })

  it('is more than one where there is enough, and ahead of time; what is left over stays with the gift', () => {
    expect(told(allocate([gift('a', '2026-01-15', 35000n)], three, []).machine)).toEqual([
      ['a', '2026-01-31', 10000n],
      ['a', '2026-02-28', 10000n],
      ['a', '2026-03-31', 10000n],
    ])
  })

  it('is of the same fund before the unrestricted, and never of another fund or currency', () => {
    const roof = due('2026-03-31', { id: 'roof', fundId: 'roof' })
    const food = due('2026-01-15', { id: 'food', fundId: 'food' })
    const euro = due('2026-01-15', { id: 'euro', currency: 'EUR' })
    const given = gift('a', '2026-04-01', 15000n, { fundId: 'roof' })
    expect(told(allocate([given], [euro, food, due('2026-01-31'), roof], []).machine)).toEqual([
      ['a', 'roof', 10000n],
      ['a', '2026-01-31', 5000n],
    ])
  })

  it('is nothing where the gift was given long before the pledge, or beyond what was promised', () => {
    const early = gift('a', '2025-12-31', 10000n)
    expect(allocate([early, gift('b', '2026-05-01', 10000n, { extra: true })], three, []).machine).toEqual([])
  })

  it('may be given a period before the start, but no more than a month', () => {
    expect(paysFrom('2026-01-31', 'weekly')).toBe('2026-01-24')
    expect(paysFrom('2026-01-31', 'annual')).toBe('2025-12-31')
  })

  const byHand = (giftId: string, instalmentId: string, amount: bigint, order: number): HandShare => ({
    ...{ giftId, instalmentId, amount, order },
  })

  it('is what was said by hand, which the machine allocates around', () => {
    const { machine, hand } = allocate([gift('a', '2026-02-01', 15000n)], three, [byHand('a', '2026-03-31', 8000n, 1)])
    expect(told(hand)).toEqual([['a', '2026-03-31', 8000n]])
    expect(told(machine)).toEqual([['a', '2026-01-31', 7000n]])
  })

  it('is taken back, the machine’s first and then the newest by hand, when the gift becomes less, and that is said', () => {
    const hand = [byHand('a', '2026-02-28', 5000n, 1), byHand('a', '2026-03-31', 5000n, 2)]
    const less = (net: bigint) => allocate([gift('a', '2026-02-01', net)], three, hand)
    expect(told(less(12000n).machine)).toEqual([['a', '2026-01-31', 2000n]])
    expect(less(10000n)).toMatchObject({ machine: [], takenBack: [] })
    expect(told(less(7000n).hand)).toEqual([
      ['a', '2026-02-28', 5000n],
      ['a', '2026-03-31', 2000n],
    ])
    expect(told(less(7000n).takenBack)).toEqual([['a', '2026-03-31', 3000n]])
    const voided = allocate([], three, hand)
    expect([voided.machine, voided.hand, told(voided.takenBack)]).toEqual([
      [],
      [],
      [
        ['a', '2026-02-28', 5000n],
        ['a', '2026-03-31', 5000n],
      ],
    ])
  })

  const id = (prefix: string) => fc.nat(7).map((n) => `${prefix}${n}`)
  const fund = fc.constantFrom(null, 'roof', 'food')
  const money = fc.constantFrom('PLN', 'EUR')
  const date = fc.nat(27).map((n) => `2026-02-${String(n + 1).padStart(2, '0')}`)
  const gifts = fc.uniqueArray(
    fc.record({
      ...{ id: id('g'), givenOn: date, net: fc.bigInt(1n, 30000n), currency: money, fundId: fund },
      extra: fc.boolean(),
    }),
    { selector: (one) => one.id },
  )
  const payables = fc.uniqueArray(
    fc.record({
      ...{ id: id('i'), pledgeId: id('p'), dueOn: date, currency: money, fundId: fund },
      ...{ room: fc.bigInt(0n, 20000n), paysFrom: date },
    }),
    { selector: (one) => one.id },
  )
  const hands = fc.uniqueArray(
    fc.record({ giftId: id('g'), instalmentId: id('i'), amount: fc.bigInt(1n, 9000n), order: fc.nat(9) }),
    { selector: (one) => `${one.giftId}/${one.instalmentId}`, maxLength: 8 },
  )
  const sum = (shares: readonly { amount: bigint }[]) => shares.reduce((total, one) => total + one.amount, 0n)

  it('adds up to no more than the gift and to no more than the instalment', () => {
    fc.assert(
      fc.property(gifts, payables, hands, (given, owed, hand) => {
        const result = allocate(given, owed, hand)
        const all = [...result.machine, ...result.hand]
        for (const one of given) expect(sum(all.filter((share) => share.giftId === one.id)) <= one.net).toBe(true)
        for (const one of owed) expect(sum(all.filter((share) => share.instalmentId === one.id)) <= one.room).toBe(true)
        expect(all.every((share) => share.amount > 0n)).toBe(true)
        expect(sum(result.hand) + sum(result.takenBack)).toBe(sum(hand))
      }),
    )
  })

  it('leaves no gift with money beside an instalment that it could pay', () => {
    fc.assert(
      fc.property(gifts, payables, (given, owed) => {
        const { machine } = allocate(given, owed, [])
        for (const one of given.filter((each) => !each.extra)) {
          const left = one.net - sum(machine.filter((share) => share.giftId === one.id))
          const open = owed.filter(
            (each) =>
              each.currency === one.currency &&
              one.givenOn >= each.paysFrom &&
              (each.fundId === one.fundId || each.fundId === null || one.fundId === null) &&
              each.room > sum(machine.filter((share) => share.instalmentId === each.id)),
          )
          expect(left === 0n || open.length === 0).toBe(true)
        }
      }),
    )
  })

  it('does not depend on the order in which rows are read', () => {
    fc.assert(
      fc.property(gifts, payables, fc.array(fc.nat()), (given, owed, keys) => {
        const shuffled = <T>(list: readonly T[]) =>
          list.toSorted((a, b) => (keys[list.indexOf(a)] ?? 0) - (keys[list.indexOf(b)] ?? 0))
        const set = (shares: readonly object[]) => shares.map((one) => Object.values(one).join('/')).sort()
        const [one, two] = [allocate(given, owed, []), allocate(shuffled(given), shuffled(owed), [])]
        expect(set(two.machine)).toEqual(set(one.machine))
      }),
    )
  })

  it('of an earlier gift is not moved by later gifts', () => {
    fc.assert(
      fc.property(gifts, payables, (given, owed) => {
        const middle = given.filter((one) => one.givenOn < '2026-02-14')
        const before = allocate(middle, owed, []).machine
        const ids = new Set(middle.map((one) => one.id))
        expect(allocate(given, owed, []).machine.filter((share) => ids.has(share.giftId))).toEqual(before)
      }),
    )
  })
})
