import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { addDays } from '@/kernel/dates'
import { deliveries } from '@/notifications/deliveries/table'
import { contacts } from '../contacts/table'
import { gifts } from '../gifts/table'
import { createGiver, give } from '../gifts/testing'
import { pausePledge } from '../pledges/pause-pledge'
import { joinTestMember } from '../testing'
import { logTouch } from '../touches/log-touch'
import { careEpisodes } from './table'
import { check, morning, notice, promise, toldIn } from './testing'
import { thankContact, unthankGifts } from './thank-gifts'

const test = openTestDatabase()
let mine: TestWorkspace
let anna: string
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})

const zl = (amount: number) => amount * 100
const kinds = async () => (await toldIn(mine)).map(({ kind }) => kind)
const statusOf = async (id: string) =>
  (await mine.run((ctx) => ctx.db.select().from(contacts).where(eq(contacts.id, id))))[0]?.status

describe('a late pledge', () => {
  it('is told once after its days of grace, with who, what and since when', async () => {
    await promise(mine, anna, '2026-01-31')
    expect(await check(mine, '2026-02-10')).toMatchObject({ late: 0, signals: 0 })
    expect(await check(mine, '2026-02-11')).toMatchObject({ late: 1, signals: 1 })
    expect(await check(mine, '2026-02-12')).toMatchObject({ late: 1, signals: 0 })
    const [told] = await toldIn(mine)
    expect(told).toMatchObject({
      kind: 'pledge.late',
      facts: {
        name: 'Anna Nowak',
        amount: '10000',
        frequency: 'monthly',
        dueOn: '2026-01-31',
        daysLate: 11,
        open: '10000',
      },
    })
    expect(await mine.run((ctx) => ctx.db.select().from(deliveries))).toHaveLength(1)
  })

  it('days late are not frozen after the first day', async () => {
    await promise(mine, anna, '2026-01-31')
    for (let day = 11; day <= 70; day++) await check(mine, addDays('2026-01-31', day))
    const told = (await toldIn(mine)).map(({ facts }) => facts.daysLate)
    expect(told).toEqual([11, 31, 61])
  })

  it('eighteen mails for six missed months are three', async () => {
    await promise(mine, anna, '2026-01-31')
    for (let day = 0; day < 190; day++) await check(mine, addDays('2026-02-01', day))
    expect((await kinds()).filter((kind) => kind === 'pledge.late')).toHaveLength(3)
  })

  it('resolves itself when the gift comes, and says with which', async () => {
    await promise(mine, anna, '2026-01-31')
    await check(mine, '2026-02-11')
    await give(mine, { contactId: anna, amount: zl(100), givenOn: '2026-02-12' }, morning('2026-02-12'))
    expect(await notice(mine, '2026-02-12')).toMatchObject({ ended: 1 })
    const [late] = await toldIn(mine)
    expect(late?.resolvedAt).not.toBeNull()
    expect(late?.facts.resolved).toMatchObject({ by: 'gift', amount: '10000', currency: 'PLN', on: '2026-02-12' })
  })

  it('any amount does not fulfil it', async () => {
    await promise(mine, anna, '2026-01-31')
    await check(mine, '2026-02-11')
    await give(mine, { contactId: anna, amount: zl(40), givenOn: '2026-02-12' }, morning('2026-02-12'))
    expect(await notice(mine, '2026-02-12')).toMatchObject({ ended: 0 })
  })

  it('is not told in an agreed pause', async () => {
    const id = await promise(mine, anna, '2026-01-31')
    await check(mine, '2026-02-11')
    const pause = { id, fromOn: '2026-02-12', untilOn: null, reason: '' }
    await mine.run((ctx) => pausePledge(ctx, pause), morning('2026-02-12'))
    await check(mine, '2026-02-13')
    const [episode] = await mine.run((ctx) => ctx.db.select().from(careEpisodes))
    expect(episode).toMatchObject({ resolution: 'ended' })
  })

  it('that is paused after a part came ends by the pause, not by the gift', async () => {
    const id = await promise(mine, anna, '2026-01-31')
    await check(mine, '2026-02-11')
    await give(mine, { contactId: anna, amount: zl(40), givenOn: '2026-02-12' }, morning('2026-02-12'))
    await mine.run(
      (ctx) => pausePledge(ctx, { id, fromOn: '2026-02-12', untilOn: null, reason: '' }),
      morning('2026-02-12'),
    )
    expect(await notice(mine, '2026-02-12')).toMatchObject({ ended: 1 })
    const [late] = await toldIn(mine)
    expect(late?.facts.resolved).toEqual({ by: 'ended' })
  })

  it('comes with five others as one message', async () => {
    for (const name of ['Bo', 'Cy', 'Di', 'Ed', 'Fay']) await promise(mine, await createGiver(mine, name), '2026-01-31')
    await promise(mine, anna, '2026-01-31')
    await check(mine, '2026-02-11')
    expect(await kinds()).toEqual(['pledge.late_many'])
    expect((await toldIn(mine))[0]?.facts).toMatchObject({ count: 6 })
  })

  it('is told to the member who looks after the contact', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    await mine.run((ctx) => ctx.db.update(contacts).set({ ownerId: staff.memberId }).where(eq(contacts.id, anna)))
    await promise(mine, anna, '2026-01-31')
    await check(mine, '2026-02-11')
    expect((await toldIn(mine)).map(({ dedupeKey }) => dedupeKey.endsWith(staff.memberId))).toEqual([true])
  })
})

/** Gifts every 31 days, the last of them that long before `today`. */
async function giveMonthly(contactId: string, lastOn: string, count = 5): Promise<void> {
  for (let at = count - 1; at >= 0; at--) {
    const givenOn = addDays(lastOn, -31 * at)
    await give(mine, { contactId, amount: zl(50), givenOn }, morning(givenOn))
  }
}

describe('a donor at risk', () => {
  it('is told with the reason, once, and a gift ends it', async () => {
    await giveMonthly(anna, '2026-03-01')
    await check(mine, addDays('2026-03-01', 46))
    expect(await kinds()).toEqual([])
    await check(mine, addDays('2026-03-01', 52))
    await check(mine, addDays('2026-03-01', 53))
    expect((await toldIn(mine)).map(({ kind, facts }) => [kind, facts.gapDays, facts.silentDays])).toEqual([
      ['donor.at_risk', 31, 52],
    ])
    await give(mine, { contactId: anna, amount: zl(50), givenOn: '2026-04-24' }, morning('2026-04-24'))
    expect(await notice(mine, '2026-04-24')).toEqual({ ended: 1, told: 1 })
  })

  it('an alert is not silenced for ever by an old one', async () => {
    await giveMonthly(anna, '2026-03-01')
    await check(mine, '2026-04-25')
    await give(mine, { contactId: anna, amount: zl(50), givenOn: '2026-04-26' }, morning('2026-04-26'))
    await notice(mine, '2026-04-26')
    await check(mine, '2026-06-20')
    expect((await kinds()).filter((kind) => kind === 'donor.at_risk')).toHaveLength(2)
  })

  it('a donor in an agreed pause is not told as silent', async () => {
    await giveMonthly(anna, '2026-03-01')
    const id = await promise(mine, anna, '2026-03-20')
    const pause = { id, fromOn: '2026-03-15', untilOn: null, reason: '' }
    await mine.run((ctx) => pausePledge(ctx, pause), morning('2026-03-20'))
    await check(mine, '2026-08-01')
    expect(await kinds()).toEqual([])
  })

  it('with a late pledge is told by that one signal, not by both', async () => {
    await giveMonthly(anna, '2026-01-31')
    await promise(mine, anna, '2026-02-28')
    for (const day of ['2026-03-12', '2026-03-30']) await check(mine, day)
    expect(new Set(await kinds())).toEqual(new Set(['pledge.late']))
  })

  it('yearly donors are not at risk most of the year', async () => {
    for (const year of [2023, 2024, 2025]) {
      const givenOn = `${year}-12-20`
      await give(mine, { contactId: anna, amount: zl(500), givenOn }, morning(givenOn))
    }
    // Somebody speaks to them, or that would be told.
    for (let month = 1; month <= 17; month++) {
      const day = addDays('2025-12-20', month * 30)
      await mine.run((ctx) => logTouch(ctx, { contactId: anna, kind: 'call', note: '' }), morning(day))
      await check(mine, day)
    }
    expect(await kinds()).toEqual([])
  })

  it('lapsed is set, and recovered when a gift comes', async () => {
    await giveMonthly(anna, '2025-01-10')
    await check(mine, '2026-01-09')
    expect(await statusOf(anna)).toBe('donor')
    await check(mine, '2026-01-10')
    expect(await statusOf(anna)).toBe('lapsed')
    await give(mine, { contactId: anna, amount: zl(50), givenOn: '2026-02-01' }, morning('2026-02-01'))
    expect(await statusOf(anna)).toBe('donor')
  })
})

describe('a day', () => {
  it('is checked once, and a day before it never', async () => {
    expect(await check(mine, '2026-02-11')).not.toBeNull()
    expect(await check(mine, '2026-02-11')).toBeNull()
    expect(await check(mine, '2026-02-10')).toBeNull()
  })
})

describe('thanks', () => {
  it('thanking a contact leaves none of its gifts unthanked, and the undo takes it back', async () => {
    for (const givenOn of ['2026-03-01', '2026-03-05']) {
      await give(mine, { contactId: anna, amount: zl(50), givenOn }, morning(givenOn))
    }
    const thanked = await mine.run((ctx) => thankContact(ctx, anna))
    expect(thanked.giftIds).toHaveLength(2)
    const waiting = () => mine.run((ctx) => ctx.db.select().from(gifts))
    expect((await waiting()).every(({ thankedAt }) => thankedAt !== null)).toBe(true)
    await mine.run((ctx) => unthankGifts(ctx, thanked))
    expect((await waiting()).every(({ thankedAt }) => thankedAt === null)).toBe(true)
  })
})
