import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { editGift } from '../gifts/edit-gift'
import { refundGift } from '../gifts/refund-gift'
import { createGiver, expectNoDrift, give, paidOf } from '../gifts/testing'
import { voidGift } from '../gifts/void-gift'
import { allocateGift, freeAllocation } from './allocate-gift'
import { changeTerms } from './change-pledge'
import { createPledge } from './create-pledge'
import { cancelPledge, completePledge, endPledge, reopenPledge } from './end-pledge'
import { extendPledges } from './extend-pledges'
import { pausePledge, resumePledge } from './pause-pledge'
import { getPledge, listPledges } from './queries'
import { newPledgeSchema } from './schema'
import { instalments } from './table'

const test = openTestDatabase()
const NOW = new Date('2026-05-15T12:00:00Z')
let mine: TestWorkspace
let anna: string

beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})

/** 100 zł a month from 31 January 2026. */
async function promise(change: object = {}, now = NOW): Promise<string> {
  const promised = { contactId: anna, amount: '10000', currency: 'PLN', frequency: 'monthly', startOn: '2026-01-31' }
  const { id } = await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse({ ...promised, ...change })), now)
  return id
}

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.reason : error
}

async function instalmentOf(dueOn: string): Promise<string> {
  const rows = await mine.run((ctx) => ctx.db.select().from(instalments))
  return rows.find((row) => row.dueOn === dueOn)?.id ?? ''
}

describe('a pledge of 100 zł a month from 31 January', () => {
  it('is paid by a part, by one gift for two months, and less after a refund', async () => {
    await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 4000 })
    expect(await paidOf(mine, 3)).toEqual(['2026-01-31 40/100', '2026-02-28 0/100', '2026-03-31 0/100'])
    const two = await give(mine, { contactId: anna, givenOn: '2026-03-01', amount: 20000 })
    expect(await paidOf(mine, 3)).toEqual(['2026-01-31 100/100', '2026-02-28 100/100', '2026-03-31 40/100'])
    await give(mine, { contactId: anna, givenOn: '2026-04-01', amount: 6000 })
    expect(await paidOf(mine, 3)).toEqual(['2026-01-31 100/100', '2026-02-28 100/100', '2026-03-31 100/100'])
    await mine.run((ctx) => refundGift(ctx, { id: two, amount: '10000', givenOn: '2026-04-02', note: '' }))
    expect(await paidOf(mine, 3)).toEqual(['2026-01-31 100/100', '2026-02-28 100/100', '2026-03-31 0/100'])
    await expectNoDrift(mine)
  })

  it('is not fulfilled by any amount: 1 zł leaves 99 open', async () => {
    const id = await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 100 })
    const shown = await mine.run((ctx) => getPledge(ctx, id), NOW)
    expect(shown.instalments[0]).toMatchObject({ paid: '100', open: '9900', state: 'late', daysLate: 104 })
  })

  it('has its fulfilment taken back by an edit and by a void', async () => {
    await promise()
    const gift = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 20000 })
    await mine.run((ctx) => editGift(ctx, { id: gift, amount: '15000' }))
    expect(await paidOf(mine, 2)).toEqual(['2026-01-31 100/100', '2026-02-28 50/100'])
    await mine.run((ctx) => voidGift(ctx, { id: gift }))
    expect(await paidOf(mine, 2)).toEqual(['2026-01-31 0/100', '2026-02-28 0/100'])
  })

  it('is not paid by an in-kind gift, one beyond it, one of another currency or one of years before', async () => {
    await promise()
    const beside = [{ method: 'in_kind' }, { extra: true }, { currency: 'EUR' }, { givenOn: '2019-02-02' }]
    for (const change of beside) await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000, ...change })
    expect(await paidOf(mine, 1)).toEqual(['2026-01-31 0/100'])
  })

  it('entered late is paid by what was given since its start', async () => {
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000 })
    await promise()
    expect(await paidOf(mine, 2)).toEqual(['2026-01-31 100/100', '2026-02-28 0/100'])
  })

  it('says what was expected and what came: the total of what was due is known', async () => {
    const id = await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 25000 })
    const shown = await mine.run((ctx) => getPledge(ctx, id), NOW)
    expect(shown).toMatchObject({ promised: '40000', received: '25000', lateSince: '2026-03-31', lateCount: 2 })
    expect(shown.instalments[2]?.paidBy).toMatchObject([{ givenOn: '2026-02-02', amount: '5000', madeBy: 'machine' }])
    const { pledges } = await mine.run((ctx) => listPledges(ctx, { state: 'late', limit: 50 }), NOW)
    expect(pledges).toMatchObject([{ id, amount: '10000', lateAmount: '15000', nextDueOn: '2026-05-31' }])
    expect(pledges[0]?.squares.map((one) => one.state).slice(0, 5)).toEqual([
      'paid',
      'paid',
      'late',
      'late',
      'expected',
    ])
  })
})

describe('new terms, a pause, an end', () => {
  it('a change applies from its day on and leaves what was due before', async () => {
    const id = await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 30000 })
    const change = { id, fromOn: '2026-03-01', amount: '15000', frequency: 'monthly', firstDueOn: null } as const
    await mine.run((ctx) => changeTerms(ctx, change), NOW)
    expect(await paidOf(mine, 4)).toEqual([
      ...['2026-01-31 100/100', '2026-02-28 100/100', '2026-03-31 100/150', '2026-04-30 0/150'],
    ])
    await mine.run((ctx) => changeTerms(ctx, { ...change, amount: '5000' }), NOW)
    expect(await paidOf(mine, 5)).toEqual([
      ...['2026-01-31 100/100', '2026-02-28 100/100', '2026-03-31 50/50', '2026-04-30 50/50', '2026-05-31 0/50'],
    ])
    await expectNoDrift(mine)
  })

  it('a pause skips what is due in it, and resuming never reaches into the past', async () => {
    const id = await promise()
    await mine.run((ctx) => pausePledge(ctx, { id, fromOn: '2026-03-01', untilOn: null, reason: 'illness' }), NOW)
    expect(await paidOf(mine, 4)).toEqual([
      ...['2026-01-31 0/100', '2026-02-28 0/100', '2026-03-31 0/skipped', '2026-04-30 0/skipped'],
    ])
    const resume = (on?: string) => mine.run((ctx) => resumePledge(ctx, { id, on }), NOW)
    expect(await reasonOf(resume('2026-05-14'))).toBe('pledge.resumeInPast')
    await resume()
    expect((await paidOf(mine, 6)).slice(3)).toEqual(['2026-04-30 0/skipped', '2026-05-31 0/100', '2026-06-30 0/100'])
    expect(await reasonOf(resume())).toBe('pledge.notPaused')
  })

  it('an end date completes it; one before the start is refused at its field', async () => {
    const id = await promise()
    expect(() => newPledgeSchema.parse({ ...pledgeText, endOn: '2026-01-30' })).toThrow('pledge.endsBeforeStart')
    expect(await reasonOf(mine.run((ctx) => endPledge(ctx, { id, endOn: '2026-01-30' }), NOW))).toBe(
      'pledge.endsBeforeStart',
    )
    await mine.run((ctx) => endPledge(ctx, { id, endOn: '2026-03-31' }), NOW)
    expect(await paidOf(mine, 9)).toHaveLength(3)
    expect(await mine.run((ctx) => getPledge(ctx, id), NOW)).toMatchObject({ state: 'completed', nextDueOn: null })
  })

  it('cancelling writes off what is not yet due, keeps what was paid and what is owed; reopening undoes it', async () => {
    const id = await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000 })
    await mine.run((ctx) => cancelPledge(ctx, { id, writeOffOverdue: false }), NOW)
    const states = async () => (await mine.run((ctx) => getPledge(ctx, id), NOW)).instalments.map((one) => one.state)
    expect((await states()).slice(0, 6)).toEqual(['paid', 'late', 'late', 'late', 'written_off', 'written_off'])
    await mine.run((ctx) => reopenPledge(ctx, { id }), NOW)
    expect((await states()).slice(3, 6)).toEqual(['late', 'expected', 'expected'])
    await mine.run((ctx) => completePledge(ctx, { id }), NOW)
    expect(new Set((await states()).slice(1))).toEqual(new Set(['written_off']))
    await expectNoDrift(mine)
  })

  it('instalments are written on as time passes, and what was given ahead pays them', async () => {
    await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 300000 })
    const later = new Date('2027-05-15T12:00:00Z')
    const paid = async () => (await paidOf(mine, 99)).filter((one) => one.includes(' 100/100')).length
    expect(await paid()).toBe(17)
    await mine.run((ctx) => extendPledges(ctx), later)
    expect(await paid()).toBe(29)
    await expectNoDrift(mine)
  })
})

const pledgeText = {
  ...{ contactId: '01900000-0000-7000-8000-000000000000', amount: '1', currency: 'PLN', frequency: 'monthly' },
  startOn: '2026-01-31',
}

describe('allocations made by hand', () => {
  it('stay where they are put, while the machine allocates around them', async () => {
    await promise()
    const gift = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 15000 })
    const april = await instalmentOf('2026-04-30')
    const shares = [{ instalmentId: april, amount: '10000' }]
    await mine.run((ctx) => allocateGift(ctx, { giftId: gift, shares }))
    expect(await paidOf(mine, 4)).toEqual([
      ...['2026-01-31 50/100', '2026-02-28 0/100', '2026-03-31 0/100', '2026-04-30 100/100'],
    ])
    await give(mine, { contactId: anna, givenOn: '2026-01-20', amount: 20000 })
    expect((await paidOf(mine, 4))[3]).toBe('2026-04-30 100/100')
    await mine.run((ctx) => freeAllocation(ctx, { giftId: gift, instalmentId: april }))
    expect(await paidOf(mine, 4)).toEqual([
      ...['2026-01-31 100/100', '2026-02-28 100/100', '2026-03-31 100/100', '2026-04-30 50/100'],
    ])
    await expectNoDrift(mine)
  })

  it('are taken back last, and that is said', async () => {
    await promise()
    const gift = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 15000 })
    const shares = [{ instalmentId: await instalmentOf('2026-04-30'), amount: '10000' }]
    await mine.run((ctx) => allocateGift(ctx, { giftId: gift, shares }))
    const lower = (amount: string) => mine.run((ctx) => editGift(ctx, { id: gift, amount }))
    expect((await lower('10000')).takenBack).toEqual([])
    expect(await paidOf(mine, 1)).toEqual(['2026-01-31 0/100'])
    expect((await lower('7000')).takenBack).toMatchObject([{ amount: '3000' }])
    expect((await paidOf(mine, 4))[3]).toBe('2026-04-30 70/100')
  })

  it('fit gift, instalment and contact, or are refused', async () => {
    await promise()
    const gift = await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 15000 })
    const april = await instalmentOf('2026-04-30')
    const allocate = (instalmentId: string, amount: string) =>
      mine.run((ctx) => allocateGift(ctx, { giftId: gift, shares: [{ instalmentId, amount }] }))
    expect(await reasonOf(allocate(april, '10001'))).toBe('allocation.moreThanOpen')
    expect(await reasonOf(allocate(april, '15001'))).toBe('allocation.moreThanGift')
    const other = await createGiver(mine, 'Kowalski')
    const theirs = await give(mine, { contactId: other, givenOn: '2026-02-02', amount: 15000 })
    const shares = [{ instalmentId: april, amount: '100' }]
    expect(await reasonOf(mine.run((ctx) => allocateGift(ctx, { giftId: theirs, shares })))).toBe(
      'allocation.noInstalment',
    )
  })
})
