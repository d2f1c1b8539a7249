import { describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { listCare } from '../care/list-care'
import { saveSettings } from '../care/save-settings'
import { listGiftsSchema } from '../gifts/schema'
import { sumGifts } from '../gifts/sum-gifts'
import { give } from '../gifts/testing'
import { createImporter } from '../imports/testing'
import { createPledge } from '../pledges/create-pledge'
import { listInstalments, listPledges } from '../pledges/queries'
import { listInstalmentsSchema, listPledgesSchema, newPledgeSchema } from '../pledges/schema'
import { createTask } from '../tasks/create-task'
import { newTaskSchema } from '../tasks/schema'
import { createTestContact, joinTestMember } from '../testing'
import { logTouch } from '../touches/log-touch'
import { readToday } from './queries'

const test = openTestDatabase()
const NOW = new Date('2026-11-22T09:00:00Z')

const person = async (by: TestWorkspace, firstName = 'Anna') => (await createTestContact(by, { firstName })).id

function promise(mine: TestWorkspace, contactId: string, parts: Record<string, unknown> = {}) {
  const terms = { amount: '10000', currency: 'PLN', frequency: 'monthly', startOn: '2026-09-01' }
  return mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse({ contactId, ...terms, ...parts })), NOW)
}

const today = (by: TestWorkspace, whose: 'mine' | 'all' = 'all') => by.run((ctx) => readToday(ctx, { whose }), NOW)

describe('the page of today', () => {
  it('of an empty workspace says that nothing has begun', async () => {
    const mine = await createTestWorkspace(test.db)
    expect(await today(mine)).toMatchObject({
      begun: { contacts: false, gifts: false },
      ...{ inHand: '0', promised: '0', goal: null, late: { total: 0 }, tasks: { total: 0 } },
    })
  })

  it('support is the monthly equivalent of active pledges: in hand where something was paid, else promised', async () => {
    const mine = await createTestWorkspace(test.db)
    const [anna, jan, ola] = [await person(mine), await person(mine), await person(mine)]
    await promise(mine, anna)
    await give(mine, { contactId: anna, givenOn: '2026-09-02', amount: 10_000 }, NOW)
    await promise(mine, jan, { frequency: 'annual', amount: '120000', startOn: '2026-11-01' })
    await promise(mine, ola, { startOn: '2026-12-01' })
    await promise(mine, ola, { currency: 'EUR' })
    const settings = { graceDays: 10, riskRule: 'cadence', checkHour: 6, monthlyGoal: '50000' } as const
    await mine.run((ctx) => saveSettings(ctx, settings))
    expect(await today(mine)).toMatchObject({ goal: '50000', inHand: '10000', promised: '10000' })
  })

  it('a pledge paid before its first day is in hand, a paused one is neither', async () => {
    const mine = await createTestWorkspace(test.db)
    const anna = await person(mine)
    await promise(mine, anna, { startOn: '2026-11-20', firstAfterPeriod: true })
    expect(await today(mine)).toMatchObject({ inHand: '0', promised: '10000' })
    await give(mine, { contactId: anna, givenOn: '2026-11-21', amount: 10_000 }, NOW)
    expect(await today(mine)).toMatchObject({ inHand: '10000', promised: '0' })
  })

  it('each figure is the sum of the rows that it opens', async () => {
    const mine = await createTestWorkspace(test.db)
    const [anna, jan] = [await person(mine), await person(mine, 'Jan')]
    await promise(mine, anna, { startOn: '2026-09-25' })
    await promise(mine, jan, { startOn: '2026-11-26', frequency: 'weekly' })
    await give(mine, { contactId: anna, givenOn: '2026-11-03', amount: 4_000 }, NOW)
    await give(mine, { contactId: jan, givenOn: '2025-11-30', amount: 700 }, NOW)
    await give(mine, { contactId: jan, givenOn: '2026-11-05', amount: 900, method: 'in_kind' }, NOW)
    await mine.run((ctx) => createTask(ctx, newTaskSchema.parse({ title: 'Call', dueOn: '2026-11-20' })), NOW)
    const shown = await today(mine)
    const care = await mine.run((ctx) => listCare(ctx, { show: 'late', whose: 'all', offset: 0, limit: 100 }), NOW)
    expect([shown.late.total, shown.tasks.total]).toEqual([care.rows.length, 1])
    const gifts = await mine.run((ctx) =>
      sumGifts(ctx, listGiftsSchema.parse({ from: '2026-11-01', to: '2026-11-30' })),
    )
    expect(shown.months.at(-1)).toEqual({ month: '2026-11', value: gifts.sums[0]?.total, before: '700' })
    const { from, to, count, total } = shown.expected
    const input = listInstalmentsSchema.parse({ from, to, show: 'open' })
    const { instalments } = await mine.run((ctx) => listInstalments(ctx, input), NOW)
    const open = instalments.reduce((sum, row) => sum + BigInt(row.open), 0n)
    expect([count, total]).toEqual([instalments.length, open.toString()])
    expect(count).toBe(2)
  })

  it('staff have the figures of their own contacts, and no goal of the workspace', async () => {
    const mine = await createTestWorkspace(test.db)
    const staff = await joinTestMember(test.db, mine, 'staff')
    await promise(mine, await person(mine))
    await promise(staff, await person(staff, 'Jan'), { amount: '2500' })
    await mine.run((ctx) => saveSettings(ctx, { graceDays: 10, riskRule: 'cadence', checkHour: 6, monthlyGoal: '1' }))
    expect(await today(staff)).toMatchObject({ goal: null, inHand: '0', promised: '2500', late: { total: 1 } })
    expect(await today(mine)).toMatchObject({ goal: '1', promised: '12500', late: { total: 2 } })
    expect(await today(mine, 'mine')).toMatchObject({ late: { total: 1 }, inHand: '0', promised: '10000' })
  })

  it('of my contacts every figure is the sum of my rows, in the workspace’s currency', async () => {
    const mine = await createTestWorkspace(test.db)
    const staff = await joinTestMember(test.db, mine, 'staff')
    const [anna, jan] = [await person(mine), await person(staff, 'Jan')]
    await promise(mine, anna, { startOn: '2026-11-25' })
    await promise(mine, anna, { startOn: '2026-11-25', currency: 'EUR' })
    await promise(staff, jan, { startOn: '2026-11-25', amount: '700' })
    await give(mine, { contactId: anna, givenOn: '2026-11-03', amount: 4_000 }, NOW)
    await give(staff, { contactId: jan, givenOn: '2026-11-04', amount: 100 }, NOW)
    const { months, expected, promised } = await today(mine, 'mine')
    expect([months.at(-1)?.value, expected.count, promised]).toEqual(['4000', 1, '0'])
    const asked = { currency: 'PLN', whose: 'mine' } as const
    const { sums } = await mine.run((ctx) =>
      sumGifts(ctx, listGiftsSchema.parse({ ...asked, from: '2026-11-01', to: '2026-11-30' })),
    )
    expect(sums).toMatchObject([{ total: '4000', gifts: 1 }])
    const input = listInstalmentsSchema.parse({ ...asked, from: expected.from, to: expected.to, show: 'open' })
    const { instalments } = await mine.run((ctx) => listInstalments(ctx, input), NOW)
    expect(instalments.map(({ open }) => open)).toEqual([expected.total])
    expect(await today(mine)).toMatchObject({ expected: { count: 2 } })
  })

  it('in hand and promised open the pledges that make them', async () => {
    const mine = await createTestWorkspace(test.db)
    const [anna, jan] = [await person(mine), await person(mine, 'Jan')]
    await promise(mine, anna)
    await promise(mine, jan, { amount: '2500' })
    await give(mine, { contactId: anna, givenOn: '2026-09-02', amount: 10_000 }, NOW)
    const names = async (state: 'in_hand' | 'promised') => {
      const input = listPledgesSchema.parse({ state, currency: 'PLN' })
      return (await mine.run((ctx) => listPledges(ctx, input), NOW)).pledges.map(({ amount }) => amount)
    }
    expect([await names('in_hand'), await names('promised')]).toEqual([['10000'], ['2500']])
    expect(await today(mine)).toMatchObject({ inHand: '10000', promised: '2500' })
  })

  it('a row says who was spoken to, and which task comes', async () => {
    const mine = await createTestWorkspace(test.db)
    const anna = await person(mine)
    await promise(mine, anna)
    await mine.run((ctx) => logTouch(ctx, { contactId: anna, kind: 'call', note: '' }), NOW)
    const task = { title: 'Call', dueOn: '2026-11-25', contactId: anna }
    await mine.run((ctx) => createTask(ctx, newTaskSchema.parse(task)), NOW)
    const [row] = (await today(mine)).late.rows
    expect(row).toMatchObject({ spokenOn: '2026-11-22', taskOn: '2026-11-25' })
  })

  it('an import that ended since yesterday is a click away, for who may look at it', async () => {
    const mine = await createTestWorkspace(test.db)
    const importer = createImporter(test.db, mine)
    const id = await importer.send('contacts', 'first_name,last_name,email\nOla,Nowak,ola@example.org')
    const by = (member: TestWorkspace, now: Date) => member.run((ctx) => readToday(ctx, { whose: 'all' }), now)
    expect((await by(mine, new Date())).imports).toEqual([
      { id, fileName: 'x.csv', state: 'done', added: 1, errors: 0 },
    ])
    const viewer = await joinTestMember(test.db, mine, 'viewer')
    expect((await by(viewer, new Date())).imports).toEqual([])
    expect((await by(mine, new Date(Date.now() + 25 * 3_600_000))).imports).toEqual([])
  })
})
