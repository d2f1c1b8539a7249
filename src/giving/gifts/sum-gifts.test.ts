import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { setContactOwner } from '../contacts/set-contact-owner'
import { createFund } from '../funds/keep-funds'
import { createTestContact, joinTestMember } from '../testing'
import { addGifts } from './add-gifts'
import { checkLedger } from './check-ledger'
import { listGifts } from './queries'
import { listGiftsSchema } from './schema'
import { sumGifts } from './sum-gifts'
import { giftMonths } from './table'
import { expectNoDrift, giftInput } from './testing'
import { voidGift } from './void-gift'

const test = openTestDatabase()
const NOW = new Date('2026-11-22T12:00:00Z')
const METHODS = ['transfer', 'cash', 'in_kind'] as const

/** Ninety gifts of three years: of two members' contacts and of nobody's, two voided, some of it handed over since. */
async function fill() {
  const mine = await createTestWorkspace(test.db)
  const staff = await joinTestMember(test.db, mine, 'staff')
  const fundId = (await mine.run((ctx) => createFund(ctx, { name: 'Roof' }))).id
  const people = [await createTestContact(mine), await createTestContact(staff), await createTestContact(mine)]
  const gifts = Array.from({ length: 90 }, (_, n) =>
    giftInput({
      contactId: people[n % 3]?.id ?? '',
      givenOn: new Date(Date.UTC(2024, 0, 3 + n * 11)).toISOString().slice(0, 10),
      amount: 100 + n,
      ...{
        currency: n % 7 === 0 ? 'EUR' : 'PLN',
        method: METHODS[n % METHODS.length],
        fundId: n % 4 === 0 ? fundId : null,
      },
      type: n === 40 ? 'legacy' : 'one_off',
    }),
  )
  const ids = await mine.run((ctx) => addGifts(ctx, gifts), NOW)
  for (const id of [ids[5] ?? '', ids[77] ?? '']) await mine.run((ctx) => voidGift(ctx, { id }), NOW)
  await mine.run((ctx) => setContactOwner(ctx, [people[2]?.id ?? ''], staff.memberId))
  await mine.run((ctx) => setContactOwner(ctx, [people[0]?.id ?? ''], null))
  return { mine, staff, fundId }
}

type Filter = Partial<Parameters<typeof listGiftsSchema.parse>[0] & object>

/** What the list of the filter adds up to, row by row. */
async function listed(by: TestWorkspace, filter: Filter) {
  const { gifts } = await by.run((ctx) => listGifts(ctx, listGiftsSchema.parse({ ...filter, limit: 100 })))
  const of = (rows: typeof gifts) => String(rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n))
  return ['EUR', 'PLN'].flatMap((currency) => {
    const own = gifts.filter((gift) => gift.currency === currency)
    const [money, kind] = [
      own.filter(({ method }) => method !== 'in_kind'),
      own.filter(({ method }) => method === 'in_kind'),
    ]
    const sum = { currency, gifts: money.length, total: of(money), inKind: kind.length, inKindTotal: of(kind) }
    return own.length > 0 ? [sum] : []
  })
}

it('totals are those of the rows, for each filter, whole and broken months, and for whoever reads', async () => {
  const { mine, staff, fundId } = await fill()
  const what: Filter[] = [
    {},
    { method: 'cash' },
    { method: 'in_kind' },
    { fundId },
    { type: 'legacy' },
    { currency: 'EUR' },
    { whose: 'mine' },
  ]
  const when: Filter[] = [
    ...[{}, { from: '2024-05-01' }, { to: '2025-06-30' }, { from: '2024-05-17', to: '2026-02-03' }],
    ...[
      { from: '2025-01-10', to: '2025-01-29' },
      { from: '2025-01-10', to: '2025-02-14' },
      { from: '2026-10-01', to: '2026-10-31' },
    ],
  ]
  for (const by of [mine, staff]) {
    for (const filter of what.flatMap((one) => when.map((span) => ({ ...one, ...span })))) {
      const { sums } = await by.run((ctx) => sumGifts(ctx, listGiftsSchema.parse(filter)))
      expect({ filter, sums }).toEqual({ filter, sums: await listed(by, filter) })
    }
  }
  await expectNoDrift(mine)
})

it('what is rare is found on pages as on one, and what is not there is no page', async () => {
  const { mine } = await fill()
  const list = (filter: Filter) => mine.run((ctx) => listGifts(ctx, listGiftsSchema.parse(filter)))
  expect((await list({ type: 'legacy' })).gifts).toHaveLength(1)
  expect((await list({ currency: 'USD' })).gifts).toEqual([])
  const whole = (await list({ currency: 'EUR', limit: 100 })).gifts.map(({ id }) => id)
  const paged: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list({ currency: 'EUR', limit: 3, cursor })
    paged.push(...page.gifts.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(paged).toEqual(whole)
  expect(whole.length).toBeGreaterThan(9)
})

it('the nightly check says which months differ, mends them, and leaves a row where there were many', async () => {
  const { mine } = await fill()
  const rows = () => mine.run((ctx) => ctx.db.select().from(giftMonths))
  const before = (await rows()).length
  await mine.run((ctx) => ctx.db.execute(sql`update gift_months set total = total + 1 where month = '2025-03-01'`))
  const { drift, examples } = await mine.run(checkLedger)
  expect(drift).toBeGreaterThan(0)
  expect(examples[0]).toMatchObject({ table: 'gift_months', missing: { month: '2025-03-01' } })
  await expectNoDrift(mine)
  expect((await rows()).length).toBeLessThan(before)
})
