import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createFund } from '../funds/keep-funds'
import { addGifts } from '../gifts/add-gifts'
import { refundGift } from '../gifts/refund-gift'
import { METHODS } from '../gifts/rules'
import { expectNoDrift, giftInput } from '../gifts/testing'
import { createTestContact } from '../testing'
import type { ImportKind } from './rules'
import { readCredits, writeCredits } from './rules-credits'
import { readDate } from './rules-dates'
import { createImporter } from './testing'
import { beginExport, readExport } from './write-file'

const test = openTestDatabase()

/** Every counted gift as somebody would tell it, with what is left of it and who brought it about. */
async function ledgerOf(mine: TestWorkspace): Promise<string[]> {
  const rows = await mine.run((ctx) =>
    ctx.db.execute<{ line: string }>(sql`
      select concat_ws('|', c.display_name, given_on, g.amount - refunded, currency, f.name, method, type, external_id, note,
        anonymous, extra, (select string_agg(o.display_name || s.amount, ',' order by o.display_name) from soft_credits s
          join contacts o on o.id = s.contact_id where s.gift_id = g.id)) as line
      from gifts g join contacts c on c.id = g.contact_id left join funds f on f.id = g.fund_id
      where reverses_id is null and voided_at is null and refunded < g.amount order by 1`),
  )
  return rows.map(({ line }) => line)
}

async function exportOf(mine: TestWorkspace, kind: ImportKind): Promise<string> {
  let text = await mine.run((ctx) => beginExport(ctx, kind))
  for (let after: string | null = null, more = true; more; more = after !== null) {
    const page: Awaited<ReturnType<typeof readExport>> = await mine.run((ctx) => readExport(ctx, kind, after))
    text += page.text
    after = page.after
  }
  return text
}

const word = fc.string({
  unit: fc.constantFrom('a', 'Ł', '"', ',', ';', '|', '\\', '=', '-', '+', '@', ' ', "'", '😀'),
  maxLength: 8,
})
const gift = fc.record({
  who: fc.nat(3),
  day: fc.integer({ min: 1, max: 28 }),
  amount: fc.integer({ min: 1, max: 10_000_000 }),
  currency: fc.constantFrom('PLN', 'JPY', 'KWD'),
  fund: fc.boolean(),
  method: fc.constantFrom(...METHODS),
  numbered: fc.boolean(),
  note: word,
  anonymous: fc.boolean(),
  extra: fc.boolean(),
  credited: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
  refunded: fc.boolean(),
})

describe('what is exported', () => {
  it('imported into an empty workspace is the same ledger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(gift, { minLength: 1, maxLength: 12 }), async (given) => {
        const [mine, theirs] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
        const people = await makePeople(mine)
        const fundId = await makeFund(mine)
        await makeFund(theirs)
        const entries = given.map((one, at) => entryOf(one, at, { people, fundId }))
        const ids = await mine.run((ctx) => addGifts(ctx, entries))
        for (const [at, { refunded, amount }] of given.entries()) {
          const half = { id: ids[at] ?? '', version: 1, amount: String(Math.ceil(amount / 2)), givenOn: '2026-01-31' }
          if (refunded && amount > 1) await mine.run((ctx) => refundGift(ctx, { ...half, note: '' }))
        }
        const importer = createImporter(test.db, theirs)
        // Two who share an e-mail are told apart by whoever imports.
        await importer.commit(await importer.upload('contacts', await exportOf(mine, 'contacts')), true)
        await importer.send('gifts', await exportOf(mine, 'gifts'))
        expect(await ledgerOf(theirs)).toEqual(await ledgerOf(mine))
        await expectNoDrift(theirs)
        await importer.send('gifts', await exportOf(mine, 'gifts'))
        expect(await ledgerOf(theirs)).toEqual(await ledgerOf(mine))
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  it('is refused in time where it is longer than anybody writes, whatever stands in it', () => {
    expect(readCredits('\\'.repeat(1_000_000), 'PLN')).toEqual({ reason: 'long', field: 'soft_credits' })
    expect(readCredits('\\'.repeat(9_999), 'PLN')).toEqual({ reason: 'badCredit', field: 'soft_credits' })
    expect(readDate(`${' 1:11'.repeat(200_000)}\nx`, 'dmy')).toBeNull()
  })

  it('names in a soft credit what it likes, and gives it back', () => {
    const name = word.map((text) => text.trim())
    const credit = fc.record({
      giver: fc.record({ email: fc.constant('a@b.pl'), firstName: name, lastName: name }),
      amount: fc.bigInt(1n, 9999n),
    })
    fc.assert(
      fc.property(fc.array(credit, { maxLength: 4 }), (credits) => {
        expect(readCredits(writeCredits(credits, 'PLN'), 'PLN')).toEqual(credits)
      }),
    )
  })
})

/** A person without an e-mail, two who share one, and a household. */
async function makePeople(mine: TestWorkspace): Promise<string[]> {
  const email = (value: string) => ({ points: [{ kind: 'email' as const, value }] })
  const made = [
    await createTestContact(mine, { firstName: '=Jan', lastName: 'Łuk' }),
    await createTestContact(mine, { firstName: 'Ewa', lastName: 'Kot', ...email('kot@example.org') }),
    await createTestContact(mine, { firstName: 'Adam', lastName: 'Kot', ...email('kot@example.org') }),
    await createTestContact(mine, { kind: 'household', name: 'Kotowie | dom' }),
  ]
  return made.map(({ id }) => id)
}

async function makeFund(mine: TestWorkspace): Promise<string> {
  return (await mine.run((ctx) => createFund(ctx, { name: 'Zimno, głód' }))).id
}

type Given = typeof gift extends fc.Arbitrary<infer One> ? One : never

function entryOf(one: Given, at: number, { people, fundId }: { people: readonly string[]; fundId: string }) {
  const { who, day, amount, currency, method, note, anonymous, extra } = one
  const softCredits = one.credited.map((other) => ({
    contactId: people[other] ?? '',
    amount: String(1 + (amount % 100)),
  }))
  const parts = { fundId: one.fund ? fundId : null, externalId: one.numbered ? `=N${at}` : null, softCredits }
  const givenOn = `2026-01-${String(day).padStart(2, '0')}`
  return giftInput({
    contactId: people[who] ?? '',
    givenOn,
    amount,
    currency,
    method,
    note: note.trim(),
    anonymous,
    extra,
    ...parts,
  })
}
