import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { members, workspaces } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { withSystem } from '@/db/scope'
import { openTestDatabase } from '@/db/testing'
import { addDays, momentOf } from '@/kernel/dates'
import { signals } from '@/notifications/signals/table'
import { NO_PART } from '@/notifications/weekly-part'
import { setContactOwner } from '../contacts/set-contact-owner'
import { gifts } from '../gifts/table'
import { createGiver, give } from '../gifts/testing'
import { voidGift } from '../gifts/void-gift'
import { createTask } from '../tasks/create-task'
import { newTaskSchema } from '../tasks/schema'
import { createTestContact, joinTestMember } from '../testing'
import { readToday } from '../today/queries'
import { sampleSummary } from './fixtures/letters'
import { openSummaries } from './gather-summary'
import { previewSummary } from './preview-summary'
import { readSummaryDay } from './read-week'
import { lastWeek } from './rules-summary'
import { saveSettings } from './save-settings'
import { summaryMessage } from './say-summary'
import { sendSummaries } from './send-summaries'
import { check, morning, promise, switchHalves } from './testing'
import { thankContact } from './thank-gifts'

const test = openTestDatabase()
/** A Monday; the week before it is 23 to 29 March. */
const MONDAY = '2026-03-30'
const NOW = morning(MONDAY)

async function openWorkspace() {
  const mine = await createTestWorkspace(test.db)
  await switchHalves(mine, { giving: true })
  return mine
}

function factsOf(mine: TestWorkspace) {
  return mine.run(async (ctx) => openSummaries(await readSummaryDay(ctx), NO_PART)(ctx), NOW)
}

async function textOf(mine: TestWorkspace): Promise<string> {
  const how = { locale: 'en', appUrl: 'https://gleaner.example.org' }
  return (await mine.run((ctx) => previewSummary(ctx, how), NOW)).text
}

const day = (givenOn: string) => morning(givenOn)
const gift = (mine: TestWorkspace, contactId: string, givenOn: string, parts = {}) =>
  give(mine, { contactId, amount: 5000, givenOn, ...parts }, day(givenOn))
const task = (mine: TestWorkspace, dueOn: string) =>
  mine.run((ctx) => createTask(ctx, newTaskSchema.parse({ title: 'Call', dueOn })), NOW)
const born = (mine: TestWorkspace, birthday: string) => createTestContact(mine, { birthday })
const goal = (mine: TestWorkspace, monthlyGoal: string | null) =>
  mine.run((ctx) => saveSettings(ctx, { graceDays: 10, riskRule: 'cadence', checkHour: 6, monthlyGoal }))

async function monthly(mine: TestWorkspace, contactId: string, lastOn: string): Promise<void> {
  for (const back of [124, 93, 62, 31, 0]) await gift(mine, contactId, addDays(lastOn, -back))
}

/** Lapsed by the rule, and gave on that day. */
async function comeBack(mine: TestWorkspace, contactId: string, givenOn: string): Promise<void> {
  await monthly(mine, contactId, '2024-12-01')
  await check(mine, '2026-02-01')
  await gift(mine, contactId, givenOn)
}

type Scene = (mine: TestWorkspace, contactId: string) => Promise<unknown>

/** Title, what makes the section appear, and what comes near to it and does not. */
const SECTIONS: readonly (readonly [string, Scene, Scene])[] = [
  ['Gifts of the week', (m, c) => gift(m, c, '2026-03-29'), (m, c) => gift(m, c, '2026-03-30')],
  ['New donors', (m, c) => gift(m, c, '2026-03-23'), (m, c) => monthly(m, c, '2026-03-23')],
  ['Back again', (m, c) => comeBack(m, c, '2026-03-25'), (m, c) => comeBack(m, c, '2026-03-22')],
  ['Late pledges', (m, c) => promise(m, c, '2026-03-19'), (m, c) => promise(m, c, '2026-03-20')],
  ['May be drifting away', (m, c) => monthly(m, c, '2026-02-11'), (m, c) => monthly(m, c, '2026-02-12')],
  [
    'Waiting for thanks',
    (m, c) => gift(m, c, '2026-01-10'),
    async (m, c) => {
      await gift(m, c, '2026-01-10')
      await m.run((ctx) => thankContact(ctx, c))
    },
  ],
  ['Expected in the next 7 days', (m, c) => promise(m, c, '2026-04-05'), (m, c) => promise(m, c, '2026-04-06')],
  ['Monthly goal', (m) => goal(m, '50000'), (m) => goal(m, null)],
  ['Tasks', (m) => task(m, '2026-04-05'), (m) => task(m, '2026-04-06')],
  ['Birthdays in the next 7 days', (m) => born(m, '1980-04-05'), (m) => born(m, '1980-04-06')],
]

describe('a summary section', () => {
  it('none is missing from the table below', () => {
    const reader = { locale: 'en', timeZone: 'Europe/Warsaw', now: NOW, appUrl: 'https://gleaner.example.org' }
    const { lines } = summaryMessage(sampleSummary, reader, '', () => [])
    const titles = lines.flatMap(([span]) => (span?.bold ? [span.text] : []))
    expect(titles).toEqual(SECTIONS.map(([title]) => title))
  })

  it.each(SECTIONS)('“%s” appears where there is something to say, and else not', async (title, build, almost) => {
    const [some, none] = [await openWorkspace(), await openWorkspace()]
    await build(some, await createGiver(some))
    await almost(none, await createGiver(none))
    expect(await textOf(some)).toContain(`\n${title}\n`)
    expect(await textOf(none)).not.toContain(`\n${title}\n`)
  })

  it('none of them appears where giving is switched off', async () => {
    const mine = await openWorkspace()
    for (const [, build] of SECTIONS) await build(mine, await createGiver(mine))
    await switchHalves(mine, { giving: false })
    const text = await textOf(mine)
    expect(SECTIONS.filter(([title]) => text.includes(`\n${title}\n`))).toEqual([])
  })
})

describe('what the summary says', () => {
  it('puts a week beside the same week a year before, currencies and gifts in kind apart', async () => {
    const mine = await openWorkspace()
    const anna = await createGiver(mine)
    await gift(mine, anna, '2026-03-24')
    await gift(mine, anna, '2026-03-24', { currency: 'EUR', amount: 700 })
    await gift(mine, anna, '2026-03-24', { method: 'in_kind', amount: 9900 })
    await gift(mine, anna, '2025-03-24')
    await gift(mine, anna, '2025-03-31')
    const text = await textOf(mine)
    expect(text).toContain('2 gifts, €7 and 50 zł')
    expect(text).toContain('In kind, beside the sum: 1 gift, 99 zł · The same week last year: 1 gift, 50 zł')
  })

  it('says what is in hand, promised and missing of the goal, and what that changed in a week', async () => {
    const mine = await openWorkspace()
    const [anna, jan] = [await createGiver(mine), await createGiver(mine, 'Kowalski')]
    await goal(mine, '50000')
    await promise(mine, anna, '2026-01-31')
    await gift(mine, anna, '2026-01-31', { amount: 10_000 })
    await mine.run((ctx) => ctx.db.execute(`update pledges set created_at = '2026-01-31'`))
    await promise(mine, jan, '2026-03-25', { amount: '2500' })
    await mine.run((ctx) =>
      ctx.db.execute(`update pledges set created_at = '2026-03-25' where start_on = '2026-03-25'`),
    )
    const text = await textOf(mine)
    expect(text).toContain('125 zł of 500 zł (25 %)')
    expect(text).toContain('100 zł in hand, 25 zł promised. 375 zł is missing. 25 zł more than a week ago.')
  })

  it('says of late pledges the days, the phone and what is open', async () => {
    const mine = await openWorkspace()
    const points = [{ kind: 'phone' as const, value: '+48 600 000 000' }]
    const { id } = await createTestContact(mine, { points })
    await promise(mine, id, '2026-01-31')
    expect(await textOf(mine)).toMatch(
      /31–60 days: 1 pledge\nAnna Nowak · 200 zł · 58 days late, due Jan 31, 2026 · ☎ \+48 ?600/,
    )
  })
})

describe('whose week it is', () => {
  it('staff get their own contacts, no goal of the workspace, and no task about others', async () => {
    const mine = await openWorkspace()
    const staff = await joinTestMember(test.db, mine, 'staff')
    const [theirs, others] = [await createGiver(mine, 'Own'), await createGiver(mine, 'Other')]
    await mine.run((ctx) => setContactOwner(ctx, [theirs], staff.memberId))
    for (const id of [theirs, others]) {
      await gift(mine, id, '2026-03-24')
      await promise(mine, id, '2026-01-31')
      const open = { title: 'Call', dueOn: MONDAY, contactId: id, assigneeId: null }
      await mine.run((ctx) => createTask(ctx, newTaskSchema.parse(open)), NOW)
    }
    await goal(mine, '50000')
    const [all, own] = [await factsOf(mine), await factsOf(staff)]
    expect(all).toMatchObject({ whose: 'all', gifts: { count: 2 }, late: { count: 2 }, tasks: { count: 2 } })
    expect(own).toMatchObject({
      whose: 'mine',
      gifts: { count: 1 },
      late: { count: 1 },
      tasks: { count: 1 },
      goal: null,
    })
    expect(JSON.stringify(own)).not.toContain('Other')
  })
})

/** A zone, and the Mondays after its clocks went forward and back. */
const CHANGES = [
  ['Europe/Warsaw', '2026-03-30', '2026-10-26'],
  ['America/New_York', '2026-03-09', '2026-11-02'],
  ['Australia/Lord_Howe', '2026-10-05', '2026-04-06'],
] as const

describe('the turn of a summary', () => {
  it.each(CHANGES)(
    'comes once a member and week in %s, at eight on the wall, by two schedulers',
    async (zone, ...weeks) => {
      const mine = await openWorkspace()
      await joinTestMember(test.db, mine, 'viewer')
      await mine.run((ctx) =>
        ctx.db.update(workspaces).set({ timeZone: zone }).where(eq(workspaces.id, mine.workspaceId)),
      )
      await withSystem(test.db, 'test', (tx) => tx.update(members).set({ createdAt: new Date(0) }))
      const nobodys = newTaskSchema.parse({ title: 'Call', dueOn: '2026-01-01', assigneeId: null })
      await mine.run((ctx) => createTask(ctx, nobodys), new Date('2026-01-01T09:00:00Z'))
      for (const monday of weeks) {
        const start = momentOf(monday, 7, zone).getTime()
        for (let minutes = 0; minutes <= 120; minutes += 30) {
          const at = new Date(start + minutes * 60_000)
          const run = () => mine.run((ctx) => sendSummaries(ctx), at)
          await Promise.all([run(), run()])
        }
      }
      const told = await mine.run((ctx) => ctx.db.select().from(signals))
      const wanted = weeks.map((monday) => momentOf(monday, 8, zone).toISOString()).toSorted()
      const turns = told.map(({ createdAt }) => createdAt.toISOString()).toSorted()
      expect(turns).toEqual(wanted.flatMap((moment) => [moment, moment]))
    },
  )
})

const PEOPLE = 3
const someDay = fc.integer({ min: -400, max: 6 })
const scene = fc.record({
  gifts: fc.array(
    fc.record({
      who: fc.nat(PEOPLE - 1),
      amount: fc.integer({ min: 1, max: 99_999 }),
      back: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 355, max: 380 }), fc.nat(200)),
      currency: fc.constantFrom('PLN', 'PLN', 'EUR', 'USD'),
      method: fc.constantFrom('transfer', 'cash', 'in_kind'),
      voided: fc.constantFrom(false, false, true),
    }),
    { maxLength: 10 },
  ),
  pledges: fc.array(
    fc.record({
      who: fc.nat(PEOPLE - 1),
      amount: fc.integer({ min: 1, max: 50_000 }),
      start: someDay,
      currency: fc.constantFrom('PLN', 'EUR'),
      frequency: fc.constantFrom('weekly', 'monthly', 'quarterly', 'annual'),
    }),
    { maxLength: 4 },
  ),
  tasks: fc.array(fc.record({ due: fc.integer({ min: -9, max: 9 }), free: fc.boolean() }), { maxLength: 4 }),
  owned: fc.array(fc.boolean(), { minLength: PEOPLE, maxLength: PEOPLE }),
})
type SceneOf = typeof scene extends fc.Arbitrary<infer T> ? T : never

async function build(mine: TestWorkspace, staff: TestWorkspace, { owned, ...made }: SceneOf): Promise<void> {
  const people: string[] = []
  for (const [at, own] of owned.entries()) {
    const id = await createGiver(mine, `Giver ${at}`)
    if (own) await mine.run((ctx) => setContactOwner(ctx, [id], staff.memberId))
    people.push(id)
  }
  for (const { who, back, voided, ...parts } of made.gifts) {
    const id = await gift(mine, people[who] ?? '', addDays(MONDAY, -back), parts)
    if (voided) await mine.run((ctx) => voidGift(ctx, { id }))
  }
  for (const { who, start, amount, ...parts } of made.pledges) {
    await promise(mine, people[who] ?? '', addDays(MONDAY, start), { ...parts, amount: String(amount) })
  }
  for (const { due, free } of made.tasks) {
    const input = { title: 'Call', dueOn: addDays(MONDAY, due), ...(free && { assigneeId: null }) }
    await mine.run((ctx) => createTask(ctx, newTaskSchema.parse(input)), NOW)
  }
}

/** What the ledger says of those days, added up by hand. */
async function ledgerOf(mine: TestWorkspace, from: string, to: string) {
  const rows = await mine.run((ctx) => ctx.db.select().from(gifts))
  const sums = new Map<string, bigint>()
  for (const { currency, givenOn, amount, voidedAt, method } of rows) {
    if (voidedAt || method === 'in_kind' || givenOn < from || givenOn > to) continue
    sums.set(currency, (sums.get(currency) ?? 0n) + amount)
  }
  return [...sums].map(([currency, total]) => ({ currency, total: total.toString() })).toSorted(byCurrency)
}

function byCurrency(a: { currency: string }, b: { currency: string }): number {
  return a.currency < b.currency ? -1 : 1
}

describe('the numbers of the summary', () => {
  it('are those of Today and of the ledger, whoever reads, and no two currencies are added', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async (made) => {
        const mine = await openWorkspace()
        const staff = await joinTestMember(test.db, mine, 'staff')
        await goal(mine, '50000')
        await build(mine, staff, made)
        for (const reader of [mine, staff]) {
          const facts = await factsOf(reader)
          const today = await reader.run((ctx) => readToday(ctx, { whose: 'all' }), NOW)
          const { tasks } = await reader.run((ctx) => readToday(ctx, { whose: 'mine' }), NOW)
          expect([facts.late.count, facts.risk.count, facts.thanks.people, facts.tasks.due]).toEqual([
            ...[today.late.total, today.risk.total, today.thanks.total, tasks.total],
          ])
          const expected = facts.next.sums.find(({ currency }) => currency === 'PLN')?.total ?? '0'
          expect(expected).toBe(today.expected.total)
          if (facts.goal) expect(facts.goal).toMatchObject({ inHand: today.inHand, promised: today.promised })
        }
        const { gifts: week, from, to } = await factsOf(mine)
        expect(week.sums).toEqual(await ledgerOf(mine, from, to))
        expect(week.before.sums).toEqual(await ledgerOf(mine, addDays(from, -364), addDays(to, -364)))
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  it('are of Monday to Sunday on the workspace’s wall', () => {
    expect(lastWeek(MONDAY)).toEqual({ from: '2026-03-23', to: '2026-03-29' })
    expect(lastWeek('2026-04-05')).toEqual({ from: '2026-03-23', to: '2026-03-29' })
  })
})
