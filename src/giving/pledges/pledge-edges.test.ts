import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createGiver, expectNoDrift, give, paidOf } from '../gifts/testing'
import { voidGift } from '../gifts/void-gift'
import { allocateGift } from './allocate-gift'
import { changeTerms } from './change-pledge'
import { createPledge } from './create-pledge'
import { cancelPledge, reopenPledge } from './end-pledge'
import { extendPledges } from './extend-pledges'
import { pausePledge, resumePledge } from './pause-pledge'
import { listInstalments } from './queries'
import { listInstalmentsSchema, newPledgeSchema } from './schema'
import { instalments } from './table'

const test = openTestDatabase()
const NOW = new Date('2026-05-15T12:00:00Z')
let mine: TestWorkspace
let anna: string
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})

async function promise(change: object = {}, now = NOW): Promise<string> {
  const promised = { contactId: anna, amount: '10000', currency: 'PLN', frequency: 'monthly', startOn: '2026-01-31' }
  const { id } = await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse({ ...promised, ...change })), now)
  return id
}

const owed = () => mine.run((ctx) => ctx.db.select().from(instalments).orderBy(instalments.dueOn))
const dueDates = async () => (await owed()).map((row) => row.dueOn)

describe('new terms in the middle of an instalment', () => {
  const terms = (id: string, change: object) => {
    const parts = { id, amount: '10000', firstDueOn: null, fromOn: '2026-03-01', frequency: 'monthly' as const }
    return mine.run((ctx) => changeTerms(ctx, { ...parts, ...change }), NOW)
  }

  it('from weekly to monthly go on from the next week’s day and keep it', async () => {
    const id = await promise({ startOn: '2026-02-05', frequency: 'weekly' })
    await terms(id, { fromOn: '2026-03-01' })
    expect((await dueDates()).slice(0, 7)).toEqual([
      ...['2026-02-05', '2026-02-12', '2026-02-19', '2026-02-26', '2026-03-05', '2026-04-05', '2026-05-05'],
    ])
  })

  it('from weekly to monthly and on the 31st of nothing: a month has the weekly day, not the day of the start', async () => {
    const id = await promise({ startOn: '2026-01-31', frequency: 'weekly' })
    await terms(id, { fromOn: '2026-03-01' })
    expect((await dueDates()).filter((day) => day > '2026-03-01').slice(0, 3)).toEqual([
      ...['2026-03-07', '2026-04-07', '2026-05-07'],
    ])
  })

  it('from monthly to weekly and back keep to dates that there were', async () => {
    const id = await promise()
    await terms(id, { fromOn: '2026-03-01', frequency: 'weekly' })
    await terms(id, { fromOn: '2026-04-10', frequency: 'monthly' })
    expect((await dueDates()).slice(0, 6)).toEqual([
      ...['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-07', '2026-04-14', '2026-05-14'],
    ])
  })

  it('a lower amount leaves what was paid before it, and the rest pays what comes', async () => {
    const id = await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 25000 })
    await terms(id, { fromOn: '2026-02-15', amount: '4000' })
    expect(await paidOf(mine, 5)).toEqual([
      ...['2026-01-31 100/100', '2026-02-28 40/40', '2026-03-31 40/40', '2026-04-30 40/40', '2026-05-31 30/40'],
    ])
    await expectNoDrift(mine)
  })
})

describe('two at once', () => {
  it('a night’s work and a cancelling: what was written off stays written off', async () => {
    const id = await promise()
    const later = new Date('2026-07-20T02:23:00Z')
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const cancelling = mine.run(async (ctx) => {
      await cancelPledge(ctx, { id, writeOffOverdue: false })
      await released
    }, later)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const extending = mine.run(extendPledges, later)
    await new Promise((resolve) => setTimeout(resolve, 200))
    release()
    await Promise.all([cancelling, extending])
    const open = (await owed()).filter((row) => row.dueOn > '2026-07-20' && row.writtenOff < row.amount)
    expect(open).toEqual([])
  })

  it('two hands on one instalment: the second finds no room, and nothing is paid twice', async () => {
    await promise()
    const [first, second] = [
      await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 10000 }),
      await give(mine, { contactId: anna, givenOn: '2026-02-03', amount: 10000 }),
    ]
    const may = (await owed()).find((row) => row.dueOn === '2026-05-31')?.id ?? ''
    const put = (giftId: string) =>
      mine.run((ctx) => allocateGift(ctx, { giftId, shares: [{ instalmentId: may, amount: '7000' }] }), NOW)
    const results = await Promise.allSettled([put(first), put(second)])
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect((await owed()).find((row) => row.dueOn === '2026-05-31')?.paid).toBe(7000n)
    await expectNoDrift(mine)
  })
})

describe('a pause', () => {
  it('over the border of two periods skips only what is due in it, and its last day is the day before it ends', async () => {
    const id = await promise()
    await mine.run((ctx) => pausePledge(ctx, { id, fromOn: '2026-03-31', untilOn: '2026-05-31', reason: '' }), NOW)
    expect(await paidOf(mine, 5)).toEqual([
      ...['2026-01-31 0/100', '2026-02-28 0/100', '2026-03-31 0/skipped', '2026-04-30 0/skipped', '2026-05-31 0/100'],
    ])
  })

  it('put on a month that was paid lets the money pay the next, and taken away gives it back', async () => {
    const id = await promise()
    await give(mine, { contactId: anna, givenOn: '2026-02-02', amount: 20000 })
    const before = await paidOf(mine)
    await mine.run((ctx) => pausePledge(ctx, { id, fromOn: '2026-05-20', untilOn: '2026-06-20', reason: '' }), NOW)
    await give(mine, { contactId: anna, givenOn: '2026-05-15', amount: 30000 }, NOW)
    expect((await paidOf(mine)).slice(2)).toEqual([
      ...['2026-03-31 100/100', '2026-04-30 100/100', '2026-05-31 0/skipped', '2026-06-30 100/100'],
    ])
    await mine.run((ctx) => resumePledge(ctx, { id }), NOW)
    expect((await paidOf(mine)).slice(0, 2)).toEqual(before.slice(0, 2))
    expect((await paidOf(mine)).slice(4)).toEqual(['2026-05-31 100/100', '2026-06-30 0/100'])
    await expectNoDrift(mine)
  })
})

describe('a cancelled pledge', () => {
  it('expects nothing of what was not due, though the gift that had paid it ahead is voided; a later gift pays none of it', async () => {
    const id = await promise({ startOn: '2026-05-31' })
    const ahead = await give(mine, { contactId: anna, givenOn: '2026-05-10', amount: 20000 })
    await mine.run((ctx) => cancelPledge(ctx, { id, writeOffOverdue: false }), NOW)
    await mine.run((ctx) => voidGift(ctx, { id: ahead }), NOW)
    const open = listInstalmentsSchema.parse({ pledgeId: id, show: 'open' })
    expect((await mine.run((ctx) => listInstalments(ctx, open), NOW)).instalments).toEqual([])
    await give(mine, { contactId: anna, givenOn: '2026-05-15', amount: 10000 }, NOW)
    expect(await paidOf(mine, 2)).toEqual(['2026-05-31 0/100', '2026-06-30 0/100'])
    await mine.run((ctx) => reopenPledge(ctx, { id }), NOW)
    expect(await paidOf(mine, 2)).toEqual(['2026-05-31 100/100', '2026-06-30 0/100'])
    await expectNoDrift(mine)
  })
})
