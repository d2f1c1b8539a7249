import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ctx } from '@/accounts/context'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { addDays } from '@/kernel/dates'
import { addGifts } from '../gifts/add-gifts'
import { findDrift } from '../gifts/check-ledger'
import { editGift } from '../gifts/edit-gift'
import { reassignGift } from '../gifts/reassign-gift'
import { refundGift } from '../gifts/refund-gift'
import { isCounted, refundedOf } from '../gifts/rules'
import { contactRollups, contactSums, gifts } from '../gifts/table'
import { createGiver, giftInput } from '../gifts/testing'
import { unvoidGift, voidGift } from '../gifts/void-gift'
import { allocateGift } from './allocate-gift'
import { changeTerms } from './change-pledge'
import { createPledge } from './create-pledge'
import { cancelPledge, reopenPledge } from './end-pledge'
import { extendPledges } from './extend-pledges'
import { pausePledge, resumePledge } from './pause-pledge'
import { FREQUENCIES } from './rules'
import { allocate } from './rules-allocate'
import { newPledgeSchema } from './schema'
import { allocations, instalments, pledges } from './table'

const test = openTestDatabase()
const START = '2026-01-01'

const day = fc.nat(364)
const nth = fc.nat(30)
const amount = fc.integer({ min: 1, max: 30000 })
const frequency = fc.constantFrom(...FREQUENCIES)
const method = fc.constantFrom('transfer', 'transfer', 'cash', 'in_kind')

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('give'), who: nth, amount, back: fc.nat(200), method }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import'), who: nth, amount, back: fc.nat(300), method }) },
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

type Scene = { readonly mine: TestWorkspace; readonly people: readonly string[] }

function pick<T>(list: readonly T[], n = 0): T | undefined {
  return list[n % Math.max(1, list.length)]
}

/** A refusal is an answer too: what was refused has written nothing, which the checks below see. */
async function live({ mine, people }: Scene, today: string, one: Step): Promise<void> {
  const now = new Date(`${today}T10:00:00Z`)
  await mine
    .run(async (ctx) => {
      await extendPledges(ctx)
      await act(ctx, people, today, one)
    }, now)
    .catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code === 'internal') throw error
    })
}

async function act(ctx: Ctx, people: readonly string[], today: string, one: Step): Promise<unknown> {
  const givenOn = addDays(today, -(one.back ?? 0))
  const who = pick(people, one.who) ?? ''
  const gift = pick(await ctx.db.select().from(gifts).orderBy(gifts.id), one.which)
  const pledge = pick(await ctx.db.select().from(pledges).orderBy(pledges.id), one.which)
  const input = { givenOn, amount: one.amount ?? 1, method: one.method ?? 'cash' }
  switch (one.do) {
    case 'give':
      return addGifts(ctx, [giftInput({ contactId: who, ...input, softCredits: creditTo(people, one) })])
    case 'import':
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
  return to && allocateGift(ctx, { giftId: gift.id, shares: [{ instalmentId: to.id, amount: String(one.amount) }] })
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

describe('a random year', () => {
  it('of gifts, edits, voids, refunds, moves, pauses, terms and hands keeps every figure what the ledger says', async () => {
    await fc.assert(
      fc.asyncProperty(year, async (steps) => {
        const mine = await createTestWorkspace(test.db)
        const people = await Promise.all(['Anna', 'Jan', 'Ewa'].map((name) => createGiver(mine, name)))
        for (const [today, one] of steps) await live({ mine, people }, today, one)
        await mine.run(check)
      }),
      { numRuns: 40 },
    )
  }, 240_000)

  it('of verbs at once ends as true as one after the other, and nobody waits for ever', async () => {
    const mine = await createTestWorkspace(test.db)
    const people = await Promise.all(['Anna', 'Jan', 'Ewa'].map((name) => createGiver(mine, name)))
    await Promise.all(
      people.map((_, who) => live({ mine, people }, START, { do: 'promise', who, amount: 5000, frequency: 'monthly' })),
    )
    const kinds = ['give', 'import', 'edit', 'void', 'unvoid', 'refund', 'reassign', 'terms', 'byHand']
    const steps = Array.from({ length: 60 }, (_, n) => ({
      ...{ do: kinds[n % kinds.length] ?? 'give', who: n, which: n * 7, to: n, amount: 100 * (n + 1), back: 0 },
      frequency: 'monthly' as const,
    }))
    await Promise.all(steps.map((one) => live({ mine, people }, '2026-06-01', one)))
    await mine.run(check)
  }, 120_000)
})
