import { eq, isNull } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ctx } from '@/accounts/context'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { addDays } from '@/kernel/dates'
import { findLatePledges } from '../care/find-late'
import { findDonors } from '../care/find-risks'
import { mergeContacts } from '../contacts/merge-contacts'
import { contacts } from '../contacts/table'
import { addGifts } from '../gifts/add-gifts'
import { findDrift } from '../gifts/check-ledger'
import { editGift } from '../gifts/edit-gift'
import { reassignGift } from '../gifts/reassign-gift'
import { refundGift } from '../gifts/refund-gift'
import { isCounted, refundedOf } from '../gifts/rules'
import { contactRollups, contactSums, gifts } from '../gifts/table'
import { giftInput } from '../gifts/testing'
import { unvoidGift, voidGift } from '../gifts/void-gift'
import { finishWork } from '../imports/run-import'
import { imports } from '../imports/table'
import { createImporter } from '../imports/testing'
import { beginUndo } from '../imports/undo-import'
import { createTestContact } from '../testing'
import { allocateGift } from './allocate-gift'
import { changeTerms } from './change-pledge'
import { createPledge } from './create-pledge'
import { cancelPledge, reopenPledge } from './end-pledge'
import { extendPledges } from './extend-pledges'
import { pausePledge, resumePledge } from './pause-pledge'
import { FREQUENCIES } from './rules'
import { allocate } from './rules-allocate'
import { newPledgeSchema } from './schema'
import { allocations, instalments, pledgePauses, pledges } from './table'

const test = openTestDatabase()
/** A leap year: its days of daylight saving and its 29 February are among the days. */
const START = '2024-01-01'

const day = fc.nat(364)
const nth = fc.nat(30)
const amount = fc.integer({ min: 1, max: 30000 })
const frequency = fc.constantFrom(...FREQUENCIES)
const method = fc.constantFrom('transfer', 'transfer', 'cash', 'in_kind')

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('give'), who: nth, amount, back: fc.nat(200), method }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('batch'), who: nth, amount, back: fc.nat(300), method }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import'), who: nth, amount, back: fc.nat(300) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo'), which: nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge'), who: nth, to: nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit'), which: nth, amount, back: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('void', 'unvoid'), which: nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refund'), which: nth, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reassign'), which: nth, who: nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('promise'), who: nth, amount, frequency, back: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('terms'), which: nth, amount, frequency, back: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause', 'resume', 'cancel', 'reopen'), which: nth }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('byHand'), which: nth, to: nth, amount }) },
)
type Step = {
  do: string
  who?: number
  which?: number
  to?: number
  amount?: number
  back?: number
  method?: string
  frequency?: (typeof FREQUENCIES)[number]
}

const year = fc
  .array(fc.tuple(day, step), { minLength: 10, maxLength: 40 })
  .map((steps) => steps.toSorted(([a], [b]) => a - b).map(([at, one]) => [addDays(START, at), one as Step] as const))

type Person = { readonly id: string; readonly kind: 'person' | 'household' }
type Scene = { readonly mine: TestWorkspace; readonly importer: ReturnType<typeof createImporter> }

/** Three households, two persons, most with a pledge from the end of January; who is merged into another is no longer there. */
async function createScene(): Promise<Scene> {
  const mine = await createTestWorkspace(test.db)
  for (const [at, name] of ['Nowakowie', 'Zychowie', 'Lisowie', 'Anna', 'Jan'].entries()) {
    const points = [{ kind: 'email' as const, value: `${name.toLowerCase()}@example.org` }]
    const kind = at < 3 ? 'household' : 'person'
    const { id: contactId } = await createTestContact(mine, { kind, firstName: name, name, points })
    const promise = { contactId, amount: '10000', currency: 'PLN', frequency: 'monthly', startOn: '2024-01-31' }
    if (at % 2 === 0) await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse(promise)), new Date(START))
  }
  return { mine, importer: createImporter(test.db, mine) }
}

function readPeople(ctx: Ctx): Promise<Person[]> {
  const { id, kind } = contacts
  const rows = ctx.db.select({ id, kind }).from(contacts).where(isNull(contacts.deletedAt)).orderBy(contacts.id)
  // No organisation is made here.
  return rows as Promise<Person[]>
}

function pick<T>(list: readonly T[], n = 0): T | undefined {
  return list[n % Math.max(1, list.length)]
}

/** A refusal is an answer too: what was refused has written nothing, which the checks below see. */
async function live(scene: Scene, today: string, one: Step): Promise<void> {
  const now = new Date(`${today}T10:00:00Z`)
  await liveThrough(scene, today, one, now).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
  })
}

async function liveThrough(scene: Scene, today: string, one: Step, now: Date): Promise<unknown> {
  if (one.do === 'import') return importRows(scene, today, one)
  if (one.do === 'undo') return undoImport(scene, one)
  return scene.mine.run(async (ctx) => {
    await extendPledges(ctx)
    await act(ctx, await readPeople(ctx), today, one)
  }, now)
}

const HEAD =
  'contact_email,contact_first_name,contact_last_name,amount,date,donation_type,payment_method,external_id,notes'
const EMAILS = ['nowakowie', 'zychowie', 'anna', 'nobody.yet']

/** A file of four rows, one of them of somebody new, two of them of one giver and day. */
function importRows(
  { importer }: Scene,
  today: string,
  { who = 0, amount: minor = 1, back = 0 }: Step,
): Promise<string> {
  const rows = EMAILS.map((name, at) => {
    const [day, sum] = [addDays(today, -back - (at % 3)), ((minor + 1) / 100).toFixed(2)]
    return `${name}@example.org,,${name},"${sum}",${day},,cash,,file ${who}`
  })
  return importer.send('gifts', [HEAD, ...rows, rows[who % 3]].join('\n'))
}

async function undoImport({ mine, importer }: Scene, one: Step): Promise<void> {
  const rows = await mine.run((ctx) => ctx.db.select({ id: imports.id }).from(imports).orderBy(imports.id))
  const id = pick(rows, one.which)?.id
  if (!id) return
  await mine.run((ctx) => beginUndo(ctx, id))
  await finishWork(importer.deps, importer.refOf(id), 'undo')
}

async function act(ctx: Ctx, all: readonly Person[], today: string, one: Step): Promise<unknown> {
  const people = all.map(({ id }) => id)
  const givenOn = addDays(today, -(one.back ?? 0))
  const who = pick(people, one.who) ?? ''
  const gift = pick(await ctx.db.select().from(gifts).orderBy(gifts.id), one.which)
  const pledge = pick(await ctx.db.select().from(pledges).orderBy(pledges.id), one.which)
  const input = { givenOn, amount: one.amount ?? 1, method: one.method ?? 'cash' }
  switch (one.do) {
    case 'give':
      return addGifts(ctx, [giftInput({ contactId: who, ...input, softCredits: creditTo(people, one) })])
    case 'merge':
      return merge(ctx, all, one)
    case 'batch':
      return addGifts(
        ctx,
        people.map((contactId, at) => giftInput({ ...input, contactId, givenOn: addDays(givenOn, -at) })),
      )
    case 'promise': {
      const promise = { contactId: who, amount: String(one.amount), currency: 'PLN', frequency: one.frequency }
      return createPledge(ctx, newPledgeSchema.parse({ ...promise, startOn: givenOn }))
    }
    case 'edit':
      return gift && editGift(ctx, { id: gift.id, amount: String(one.amount), givenOn })
    case 'void':
      return gift && voidGift(ctx, { id: gift.id })
    case 'unvoid':
      return gift && unvoidGift(ctx, { id: gift.id })
    case 'refund':
      return gift && refundGift(ctx, { id: gift.id, amount: String(one.amount), givenOn: today, note: '' })
    case 'reassign':
      return gift && reassignGift(ctx, { id: gift.id, contactId: who })
    case 'terms':
      return (
        pledge &&
        changeTerms(ctx, {
          ...{ id: pledge.id, fromOn: givenOn, amount: String(one.amount), firstDueOn: null },
          frequency: one.frequency ?? 'monthly',
        })
      )
    case 'pause':
      return pledge && pausePledge(ctx, { id: pledge.id, fromOn: today, untilOn: addDays(today, 60), reason: '' })
    case 'resume':
      return pledge && resumePledge(ctx, { id: pledge.id })
    case 'cancel':
      return pledge && cancelPledge(ctx, { id: pledge.id, writeOffOverdue: false })
    case 'reopen':
      return pledge && reopenPledge(ctx, { id: pledge.id })
    default:
      return gift && putByHand(ctx, gift, one)
  }
}

/** Of one household into another, or of one person. */
function merge(ctx: Ctx, all: readonly Person[], { who, to }: Step): Promise<unknown> | undefined {
  const kept = pick(all, who)
  const other = pick(
    all.filter(({ id, kind }) => id !== kept?.id && kind === kept?.kind),
    to,
  )
  return kept && other && mergeContacts(ctx, { id: kept.id, otherId: other.id })
}

function creditTo(people: readonly string[], one: Step) {
  const contactId = pick(people, (one.who ?? 0) + 1) ?? ''
  return (one.amount ?? 0) % 3 === 0 ? [{ contactId, amount: '500' }] : []
}

async function putByHand(ctx: Ctx, gift: typeof gifts.$inferSelect, one: Step): Promise<unknown> {
  const rows = await ctx.db.select().from(instalments).orderBy(instalments.dueOn, instalments.id)
  const to = pick(
    rows.filter((row) => row.contactId === gift.contactId),
    one.to,
  )
  if (!to) return undefined
  const least = [BigInt(one.amount ?? 1), gift.amount - gift.refunded, to.amount].toSorted((a, b) =>
    a < b ? -1 : 1,
  )[0]
  return allocateGift(ctx, { giftId: gift.id, shares: [{ instalmentId: to.id, amount: String(least) }] })
}

const sum = (rows: readonly { amount: bigint }[]) => rows.reduce((total, row) => total + row.amount, 0n)

/** Everything that is kept, against a recomputation that knows no SQL. */
async function check(ctx: Ctx): Promise<void> {
  const { db } = ctx
  const [ledger, owed, shares] = [
    await db.select().from(gifts),
    await db.select().from(instalments),
    await db.select().from(allocations),
  ]
  const entries = ledger.map((row) => ({ ...row, voided: row.voidedAt !== null }))
  for (const row of entries) {
    expect(row.refunded).toBe(refundedOf(row.id, entries))
    const net = isCounted(row) && row.method !== 'in_kind' ? row.amount - row.refunded : 0n
    expect(sum(shares.filter((share) => share.giftId === row.id)) <= net).toBe(true)
  }
  for (const row of owed) {
    const paid = sum(shares.filter((share) => share.instalmentId === row.id))
    expect(row.paid).toBe(paid)
    expect(paid <= (row.skipped ? 0n : row.amount - row.writtenOff)).toBe(true)
  }
  await checkRollups(ctx, entries)
  await checkAllocations(ctx, entries, owed, shares)
  expect(await findDrift(ctx)).toMatchObject({ drift: 0, examples: [] })
}

type Entries = readonly (typeof gifts.$inferSelect & { voided: boolean })[]

async function checkRollups(ctx: Ctx, entries: Entries): Promise<void> {
  const [rollups, sums] = [await ctx.db.select().from(contactRollups), await ctx.db.select().from(contactSums)]
  const counted = entries.filter(isCounted)
  for (const contactId of new Set(entries.map((row) => row.contactId))) {
    const money = counted.filter((row) => row.contactId === contactId && row.method !== 'in_kind')
    const dates = money.map((row) => row.givenOn).sort()
    const rollup = rollups.find((row) => row.contactId === contactId)
    const total = sums.find((row) => row.contactId === contactId)?.total ?? 0n
    expect([rollup?.gifts ?? 0, rollup?.giftDays ?? 0, total]).toEqual([
      ...[money.length, new Set(dates).size],
      money.reduce((all, row) => all + row.amount - row.refunded, 0n),
    ])
    expect([rollup?.firstGiftOn ?? null, rollup?.lastGiftOn ?? null]).toEqual([dates[0] ?? null, dates.at(-1) ?? null])
  }
}

type Owed = readonly (typeof instalments.$inferSelect)[]
type Shares = readonly (typeof allocations.$inferSelect)[]

/** The machine's shares are what the rule says of the whole history, however it came to be. */
async function checkAllocations(ctx: Ctx, entries: Entries, owed: Owed, shares: Shares): Promise<void> {
  const promised = new Map((await ctx.db.select().from(pledges)).map((row) => [row.id, row]))
  const byHand = shares.filter((share) => share.madeBy === 'hand')
  for (const contactId of new Set(owed.map((row) => row.contactId))) {
    const own = new Set(owed.filter((row) => row.contactId === contactId).map((row) => row.id))
    const result = allocate(
      entries
        .filter((row) => row.contactId === contactId && isCounted(row) && row.method !== 'in_kind')
        .map((row) => ({ ...row, net: row.amount - row.refunded })),
      owed
        .filter((row) => own.has(row.id))
        .map((row) => ({
          ...row,
          fundId: promised.get(row.pledgeId)?.fundId ?? null,
          paysFrom: promised.get(row.pledgeId)?.paysFrom ?? '',
          room: row.skipped ? 0n : row.amount - row.writtenOff,
        })),
      byHand.filter((row) => own.has(row.instalmentId)).map((row) => ({ ...row, order: row.handAt?.getTime() ?? 0 })),
    )
    const key = (share: { giftId: string; instalmentId: string; amount: bigint }) =>
      `${share.giftId} ${share.instalmentId} ${share.amount}`
    const kept = shares.filter((share) => share.madeBy === 'machine' && own.has(share.instalmentId))
    expect(kept.map(key).sort()).toEqual(result.machine.map(key).sort())
    expect(result.takenBack).toEqual([])
  }
}

type Held = { readonly gift: string; readonly instalment: string; readonly amount: bigint; readonly order: number }

/** What was put by hand, with how much its gift and its instalment could still hold. */
async function readHeld(ctx: Ctx): Promise<readonly Held[]> {
  const rows = await ctx.db.select().from(allocations).where(eq(allocations.madeBy, 'hand'))
  return rows.map((row) => ({
    ...{ gift: row.giftId, instalment: row.instalmentId, amount: row.amount },
    order: row.handAt?.getTime() ?? 0,
  }))
}

/** Shares made by hand stay while gift and instalment cover all of them: whatever happens to other things. */
async function checkHands(ctx: Ctx, before: readonly Held[], one: Step): Promise<void> {
  if (one.do === 'byHand' || one.do === 'reassign') return
  const [ledger, owed] = [await ctx.db.select().from(gifts), await ctx.db.select().from(instalments)]
  const after = await readHeld(ctx)
  const total = (of: (held: Held) => boolean) => before.filter(of).reduce((all, held) => all + held.amount, 0n)
  for (const held of before) {
    const gift = ledger.find(({ id }) => id === held.gift)
    const row = owed.find(({ id }) => id === held.instalment)
    if (!gift || !row || gift.currency !== row.currency || gift.method === 'in_kind') continue
    const has = isCounted({ ...gift, voided: gift.voidedAt !== null }) ? gift.amount - gift.refunded : 0n
    const takes = row.skipped ? 0n : row.amount - row.writtenOff
    const fits = has >= total(({ gift: id }) => id === gift.id) && takes >= total(({ instalment: id }) => id === row.id)
    if (fits) expect(after).toContainEqual(held)
  }
}

/** Once late a pledge stays late while nobody does anything; a gift of today leaves nobody at risk. */
async function checkCare(ctx: Ctx, today: string): Promise<void> {
  await checkLate(ctx, today)
  const people = await readPeople(ctx)
  const entries = people.map(({ id }) => giftInput({ contactId: id, givenOn: today, amount: 1, method: 'cash' }))
  await addGifts(ctx, entries)
  const donors = await findDonors(ctx, { today, riskRule: 'cadence' })
  expect(donors.filter(({ risk }) => risk.state !== 'fine')).toEqual([])
}

async function checkLate(ctx: Ctx, today: string): Promise<void> {
  const paused = await ctx.db.select({ id: pledgePauses.pledgeId }).from(pledgePauses)
  const lateOn = async (day: string) =>
    (await findLatePledges(ctx, { today: day, graceDays: 10 })).map(({ pledgeId }) => pledgeId)
  const [now, later, much] = [await lateOn(today), await lateOn(addDays(today, 1)), await lateOn(addDays(today, 400))]
  const goOn = (ids: readonly string[]) => ids.filter((id) => !paused.some((pause) => pause.id === id))
  expect(later).toEqual(expect.arrayContaining(goOn(now)))
  expect(much).toEqual(expect.arrayContaining(goOn(later)))
}

/** Lives it, looking after each day at what hands have made, and at all of it in the end. */
async function liveYear(steps: readonly (readonly [string, Step])[]): Promise<void> {
  const scene = await createScene()
  for (const [today, one] of steps) {
    const before = await scene.mine.run(readHeld)
    await live(scene, today, one)
    await scene.mine.run((ctx) => checkHands(ctx, before, one))
  }
  await scene.mine.run(check)
  const end = addDays(START, 366)
  await scene.mine.run((ctx) => checkCare(ctx, end), new Date(`${end}T10:00:00Z`))
  await scene.mine.run(check)
}

describe('a random year', () => {
  it('of gifts, edits, voids, refunds, moves, merges, pauses, terms, imports and undos keeps every figure what the ledger says', async () => {
    await fc.assert(fc.asyncProperty(year, liveYear), { numRuns: 40 })
  }, 400_000)

  it('of verbs at once ends as true as one after the other, and nobody waits for ever', async () => {
    const scene = await createScene()
    const promised = [0, 1, 2].map((who) => ({ do: 'promise', who, amount: 5000, frequency: 'monthly' as const }))
    await Promise.all(promised.map((one) => live(scene, START, one)))
    const kinds = [
      'give',
      'batch',
      'edit',
      'void',
      'unvoid',
      'refund',
      'reassign',
      'terms',
      'byHand',
      'import',
      'merge',
    ]
    const steps = Array.from({ length: 66 }, (_, n) => ({
      ...{ do: kinds[n % kinds.length] ?? 'give', who: n, which: n * 7, to: n, amount: 100 * (n + 1), back: 0 },
      frequency: 'monthly' as const,
    }))
    await Promise.all(steps.map((one) => live(scene, '2024-06-01', one)))
    await scene.mine.run(check)
  }, 120_000)
})
