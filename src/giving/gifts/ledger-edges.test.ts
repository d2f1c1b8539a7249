import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { deleteContacts } from '../contacts/delete-contacts'
import { setContactOwner } from '../contacts/set-contact-owner'
import { contacts } from '../contacts/table'
import { newFundSchema } from '../funds/schema'
import { allocateGift } from '../pledges/allocate-gift'
import { createPledge } from '../pledges/create-pledge'
import { newPledgeSchema } from '../pledges/schema'
import { instalments } from '../pledges/table'
import { joinTestMember } from '../testing'
import { checkLedger } from './check-ledger'
import { editGift } from './edit-gift'
import { getGift } from './queries'
import { reassignGift } from './reassign-gift'
import { refundGift } from './refund-gift'
import { contactSums, gifts } from './table'
import { createGiver, expectNoDrift, give, paidOf } from './testing'
import { unvoidGift, voidGift } from './void-gift'

const test = openTestDatabase()
const NOW = new Date('2026-05-15T12:00:00Z')
let mine: TestWorkspace
let anna: string
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? [error.reason, error.values.field] : error
}

const refund = (id: string, parts: object = {}) =>
  mine.run((ctx) => refundGift(ctx, { id, givenOn: '2026-03-01', note: '', ...parts }), NOW)

async function promise(): Promise<void> {
  const promised = { contactId: anna, amount: '10000', currency: 'PLN', frequency: 'monthly', startOn: '2026-01-31' }
  await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse(promised)), NOW)
}

async function statusOf(id: string): Promise<unknown> {
  const [row] = await mine.run((ctx) => ctx.db.select().from(contacts).where(eq(contacts.id, id)))
  return row?.status
}

describe('a refund', () => {
  it('of what was given back already is refused, also where no amount is named', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000 })
    await refund(id)
    expect(await refusal(refund(id))).toEqual(['gift.refundTooMuch', 'amount'])
    await expectNoDrift(mine)
  })

  it('of a version that somebody changed meanwhile is refused: nobody gives the same back twice', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000 })
    await refund(id, { version: 1, amount: '4000' })
    expect(await refusal(refund(id, { version: 1, amount: '4000' }))).toEqual(['gift.changed', undefined])
  })

  it('in another month lowers the gift’s own month, and its gift never comes after it', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-20', amount: 10000 })
    await refund(id, { amount: '4000' })
    const late = mine.run((ctx) => editGift(ctx, { id, givenOn: '2026-03-02' }), NOW)
    expect(await refusal(late)).toEqual(['gift.refundTooEarly', 'givenOn'])
    await mine.run((ctx) => editGift(ctx, { id, givenOn: '2026-03-01' }), NOW)
    const [sum] = await mine.run((ctx) => ctx.db.select().from(contactSums))
    expect(sum).toMatchObject({ gifts: 1, total: 6000n })
  })

  it('says what its gift says when fund and method are put right', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-20', amount: 10000 })
    const { id: refundId } = await refund(id, { amount: '4000' })
    await mine.run((ctx) => editGift(ctx, { id, method: 'cash', type: 'campaign' }), NOW)
    const [row] = await mine.run((ctx) => ctx.db.select().from(gifts).where(eq(gifts.id, refundId)))
    expect(row).toMatchObject({ method: 'cash', type: 'campaign' })
  })
})

describe('an edit', () => {
  it('of the currency takes back what was allocated by hand: euros pay no złoty', async () => {
    await promise()
    const id = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000 })
    const [, february] = await mine.run((ctx) => ctx.db.select().from(instalments).orderBy(instalments.dueOn))
    const shares = [{ instalmentId: february?.id ?? '', amount: '10000' }]
    await mine.run((ctx) => allocateGift(ctx, { giftId: id, shares }), NOW)
    expect(await paidOf(mine, 2)).toEqual(['2026-01-31 0/100', '2026-02-28 100/100'])
    const changed = await mine.run((ctx) => editGift(ctx, { id, currency: 'EUR' }), NOW)
    expect(changed.takenBack).toMatchObject([{ giftId: id, amount: '10000' }])
    expect(await paidOf(mine, 2)).toEqual(['2026-01-31 0/100', '2026-02-28 0/100'])
    await expectNoDrift(mine)
  })

  it('and a void, a refund and a move go on where a contact who is credited was deleted', async () => {
    const jan = await createGiver(mine, 'Kowalski')
    const softCredits = [{ contactId: jan, amount: '3000' }]
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000, softCredits })
    await mine.run((ctx) => deleteContacts(ctx, [jan]))
    await mine.run((ctx) => editGift(ctx, { id, note: 'x' }), NOW)
    await refund(id, { amount: '1000' })
    await mine.run((ctx) => voidGift(ctx, { id }))
    await mine.run((ctx) => unvoidGift(ctx, { id }))
    await mine.run((ctx) => reassignGift(ctx, { id, contactId: anna }))
    await expectNoDrift(mine)
  })

  it('by staff leaves credits of contacts that they do not see, and neither names nor makes one', async () => {
    const jan = await createGiver(mine, 'Kowalski')
    const softCredits = [{ contactId: jan, amount: '3000' }]
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000, softCredits })
    const staff = await joinTestMember(test.db, mine, 'staff')
    await mine.run((ctx) => setContactOwner(ctx, [anna], staff.memberId))
    expect((await staff.run((ctx) => getGift(ctx, id))).softCredits).toEqual([])
    await staff.run((ctx) => editGift(ctx, { id, note: 'called', softCredits: [] }), NOW)
    expect((await mine.run((ctx) => getGift(ctx, id))).softCredits).toMatchObject([{ contactId: jan, amount: '3000' }])
    const another = await createGiver(mine, 'Zych')
    const naming = staff.run((ctx) => editGift(ctx, { id, softCredits: [{ contactId: another, amount: '1' }] }), NOW)
    expect(await refusal(naming)).toEqual(['contact.notFound', undefined])
    await expectNoDrift(mine)
  })
})

describe('void, then undo', () => {
  it('makes a donor again of whose gift counts again', async () => {
    const id = await give(mine, { contactId: anna, givenOn: '2026-01-10', amount: 10000 })
    await mine.run((ctx) => voidGift(ctx, { id }))
    await mine.run((ctx) => ctx.db.update(contacts).set({ status: 'prospect' }).where(eq(contacts.id, anna)))
    await mine.run((ctx) => unvoidGift(ctx, { id }))
    expect(await statusOf(anna)).toBe('donor')
  })

  it('lets the gift pay again what it paid', async () => {
    await promise()
    const id = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 15000 })
    const before = await paidOf(mine)
    await mine.run((ctx) => voidGift(ctx, { id }), NOW)
    expect(await paidOf(mine, 2)).toEqual(['2026-01-31 0/100', '2026-02-28 0/100'])
    await mine.run((ctx) => unvoidGift(ctx, { id }), NOW)
    expect(await paidOf(mine)).toEqual(before)
  })
})

describe('the nightly check', () => {
  it('mends what is kept of refunds, and what a gift pays beyond itself', async () => {
    await promise()
    const id = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000 })
    await refund(id, { amount: '4000' })
    await mine.run((ctx) => ctx.db.execute(sql`update gifts set refunded = 0 where reverses_id is null`))
    const found = await mine.run((ctx) => checkLedger(ctx))
    expect(found.examples).toContainEqual({ table: 'gifts.refunded', contact: anna, kept: 0, truth: 4000 })
    expect(await paidOf(mine, 1)).toEqual(['2026-01-31 60/100'])
    await expectNoDrift(mine)
    await mine.run((ctx) =>
      ctx.db.execute(sql`update allocations set amount = 9000; update instalments set paid = 9000 where paid > 0`),
    )
    expect((await mine.run((ctx) => checkLedger(ctx))).examples).toContainEqual({
      ...{ table: 'allocations', contact: anna, kept: 9000, truth: 6000 },
    })
    expect(await paidOf(mine, 1)).toEqual(['2026-01-31 60/100'])
    await expectNoDrift(mine)
  })
})

describe('a fund', () => {
  it('has a name that turns no text beside it and holds no control characters', () => {
    expect(newFundSchema.parse({ name: 'Dach \u202E kościoła' }).name).toBe('Dach  kościoła')
    expect(newFundSchema.safeParse({ name: 'a\u0000b' }).success).toBe(false)
    expect(newFundSchema.parse({ name: '🎄 سقف' }).name).toBe('🎄 سقف')
  })
})
