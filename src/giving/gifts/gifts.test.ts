import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { contacts } from '../contacts/table'
import { createFund } from '../funds/keep-funds'
import { addBatch, addGift } from './add-gifts'
import { checkLedger } from './check-ledger'
import { editGift } from './edit-gift'
import { reassignGift } from './reassign-gift'
import { refundGift } from './refund-gift'
import { contactRollups, contactSums } from './table'
import { createGiver, expectNoDrift, giftInput, give } from './testing'
import { unvoidGift, voidGift } from './void-gift'

const test = openTestDatabase()
const NOW = new Date('2026-11-22T12:00:00Z')
let mine: TestWorkspace
let anna: string

beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? [error.reason, error.values.field] : error
}

async function rollupOf(contactId: string) {
  const [row] = await mine.run((ctx) =>
    ctx.db.select().from(contactRollups).where(eq(contactRollups.contactId, contactId)),
  )
  return row
}

const sumsOf = (contactId: string) =>
  mine.run((ctx) =>
    ctx.db.select().from(contactSums).where(eq(contactSums.contactId, contactId)).orderBy(contactSums.currency),
  )

describe('a contact’s totals', () => {
  it('follow each gift at once: counts, first and last, sums per currency, the middle of the gaps', async () => {
    for (const [givenOn, amount] of [
      ['2026-01-10', 10000],
      ['2026-02-10', 5000],
      ['2026-03-12', 5000],
    ] as const) {
      await give(mine, { contactId: anna, givenOn, amount })
    }
    const last = await give(mine, { contactId: anna, givenOn: '2026-03-12', amount: 2000, currency: 'EUR' })
    expect(await rollupOf(anna)).toMatchObject({
      ...{ gifts: 4, giftDays: 3, firstGiftOn: '2026-01-10', lastGiftOn: '2026-03-12', lastGiftId: last },
      ...{ medianGap: 30.5, thanksDue: 4 },
    })
    expect((await sumsOf(anna)).map((row) => [row.currency, row.gifts, row.total])).toEqual([
      ['EUR', 1, 2000n],
      ['PLN', 3, 20000n],
    ])
  })

  it('show in-kind gifts and soft credits apart', async () => {
    const jan = await createGiver(mine, 'Kowalski')
    const softCredits = [{ contactId: jan, amount: '3000' }]
    await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000, softCredits })
    await give(mine, { contactId: anna, givenOn: '2026-02-10', amount: 7000, method: 'in_kind' })
    expect(await rollupOf(anna)).toMatchObject({ gifts: 1, inKind: 1, lastGiftOn: '2026-01-10' })
    expect(await rollupOf(jan)).toMatchObject({ gifts: 0, softCredits: 1, firstGiftOn: null })
    expect([await sumsOf(anna), await sumsOf(jan)]).toMatchObject([
      [{ gifts: 1, total: 10000n, inKindTotal: 7000n }],
      [{ gifts: 0, total: 0n, softTotal: 3000n }],
    ])
    await expectNoDrift(mine)
  })

  it('take back what an edit, a void, a refund or a reassignment takes back', async () => {
    const jan = await createGiver(mine, 'Kowalski')
    const [first, second] = [
      await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 }),
      await give(mine, { contactId: anna, givenOn: '2026-02-10', amount: 5000 }),
    ]
    await mine.run((ctx) => editGift(ctx, { id: first, amount: '8000', givenOn: '2026-01-12' }))
    expect(await sumsOf(anna)).toMatchObject([{ total: 13000n }])
    await mine.run((ctx) => voidGift(ctx, { id: second, reason: 'typed twice' }))
    expect(await rollupOf(anna)).toMatchObject({ gifts: 1, lastGiftOn: '2026-01-12' })
    await mine.run((ctx) => unvoidGift(ctx, { id: second }))
    expect(await rollupOf(anna)).toMatchObject({ gifts: 2, lastGiftOn: '2026-02-10' })
    await mine.run((ctx) => reassignGift(ctx, { id: second, contactId: jan }))
    expect([await sumsOf(anna), await sumsOf(jan)]).toMatchObject([[{ total: 8000n }], [{ total: 5000n }]])
    await mine.run((ctx) => refundGift(ctx, { id: first, givenOn: '2026-03-01', note: '' }))
    expect([await rollupOf(anna), await sumsOf(anna)]).toEqual([undefined, []])
    await expectNoDrift(mine)
  })

  it('make a donor of anyone, at a gift', async () => {
    await mine.run((ctx) => ctx.db.update(contacts).set({ status: 'lapsed' }).where(eq(contacts.id, anna)))
    await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    const [row] = await mine.run((ctx) => ctx.db.select().from(contacts).where(eq(contacts.id, anna)))
    expect(row?.status).toBe('donor')
  })
})

describe('a refund', () => {
  it('never exceeds the gift, however it is split', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    const refund = (amount: string) =>
      mine.run((ctx) => refundGift(ctx, { id, amount, givenOn: '2026-02-01', note: '' }))
    await refund('6000')
    expect(await reasonOf(refund('4001'))).toEqual(['gift.refundTooMuch', 'amount'])
    expect(await sumsOf(anna)).toMatchObject([{ gifts: 1, total: 4000n }])
    await refund('4000')
    expect(await rollupOf(anna)).toBeUndefined()
  })

  it('is put right by voiding it, and counts again only while there is something to give back', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    const back = { id, givenOn: '2026-02-01', note: '' }
    const { id: refundId } = await mine.run((ctx) => refundGift(ctx, { ...back, amount: '7000' }))
    await mine.run((ctx) => voidGift(ctx, { id: refundId }))
    expect(await sumsOf(anna)).toMatchObject([{ total: 10000n }])
    await mine.run((ctx) => refundGift(ctx, { ...back, amount: '5000' }))
    expect(await reasonOf(mine.run((ctx) => unvoidGift(ctx, { id: refundId })))).toEqual([
      'gift.refundTooMuch',
      'amount',
    ])
    expect(await reasonOf(mine.run((ctx) => editGift(ctx, { id, amount: '4999' })))).toEqual([
      'gift.belowRefunds',
      'amount',
    ])
    await expectNoDrift(mine)
  })

  it('two at once give back no more than there is', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    const refund = () => mine.run((ctx) => refundGift(ctx, { id, amount: '6000', givenOn: '2026-02-01', note: '' }))
    const results = await Promise.allSettled([refund(), refund(), refund()])
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    await expectNoDrift(mine)
  })
})

describe('entering gifts', () => {
  it('refuses a day that is not here yet: expected money is no income', async () => {
    const entering = (givenOn: string) =>
      mine.run((ctx) => addGift(ctx, giftInput({ contactId: anna, givenOn, amount: 1 })), NOW)
    expect(await reasonOf(entering('2026-11-23'))).toEqual(['gift.future', 'givenOn'])
    await entering('2026-11-22')
    expect(() => giftInput({ contactId: anna, givenOn: '20255-01-01', amount: 1 })).toThrow('gift.badDate')
  })

  it('refuses what is no amount or currency, at its field', () => {
    const given = { contactId: anna, givenOn: '2026-01-10', amount: 1 }
    const wrong = (change: object) => () => giftInput({ ...given, ...change })
    expect(wrong({ amount: -100 })).toThrow('gift.badAmount')
    expect(wrong({ amount: 0 })).toThrow('gift.zeroAmount')
    expect(wrong({ amount: 10n ** 12n })).toThrow('gift.hugeAmount')
    expect(wrong({ currency: 'ABC' })).toThrow('gift.badCurrency')
    expect(wrong({ note: 'x'.repeat(1_000_000) })).toThrow('gift.longNote')
  })

  it('takes a batch whole or not at all, and only when it adds up', async () => {
    const rows = [10000, 2550].map((amount) => giftInput({ contactId: anna, givenOn: '2026-01-10', amount }))
    const enter = (controlTotal: string) => mine.run((ctx) => addBatch(ctx, { gifts: rows, controlTotal }))
    expect(await reasonOf(enter('12500'))).toEqual(['gift.totalDiffers', 'controlTotal'])
    expect((await enter('12550')).ids).toHaveLength(2)
    const stranger = giftInput({ contactId: newId(), givenOn: '2026-01-10', amount: 1 })
    const both = { gifts: [...rows, stranger], controlTotal: null }
    expect(await reasonOf(mine.run((ctx) => addBatch(ctx, both)))).toEqual(['contact.notFound', undefined])
    expect(await sumsOf(anna)).toMatchObject([{ gifts: 2 }])
  })

  it('refuses a number that another gift has, and a fund of nobody or of another workspace', async () => {
    await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 1, externalId: 'T-1' })
    const again = give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 1, externalId: 'T-1' })
    expect(await reasonOf(again)).toEqual(['gift.externalIdTaken', 'externalId'])
    const other = await createTestWorkspace(test.db)
    const { id: fundId } = await other.run((ctx) => createFund(ctx, { name: 'Roof' }))
    const theirs = give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 1, fundId })
    expect(await reasonOf(theirs)).toEqual(['fund.notFound', 'fundId'])
  })

  it('two equal gifts of a day are two', async () => {
    for (const _ of [1, 2]) await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    expect(await sumsOf(anna)).toMatchObject([{ gifts: 2, total: 20000n }])
  })

  it('tells the second of two who edit one gift', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    await mine.run((ctx) => editGift(ctx, { id, version: 1, note: 'mine' }))
    const second = mine.run((ctx) => editGift(ctx, { id, version: 1, note: 'theirs' }))
    expect(await reasonOf(second)).toEqual(['gift.changed', undefined])
  })
})

describe('the nightly check', () => {
  it('finds and mends what differs from the ledger, and keeps what it found', async () => {
    await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    await mine.run((ctx) => ctx.db.execute(sql`update contact_sums set total = total + 1`))
    const first = await mine.run((ctx) => checkLedger(ctx))
    expect(first).toMatchObject({ drift: 1, contactIds: [anna] })
    expect(await mine.run((ctx) => checkLedger(ctx))).toMatchObject({ drift: 0 })
    await expectNoDrift(mine)
  })
})
