import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { checkWorkspace } from '@/giving/care/check-workspace'
import { findAtRisk, findDonors } from '@/giving/care/find-risks'
import { findDrift } from '@/giving/gifts/check-ledger'
import { AppError } from '@/kernel/app-error'
import { generateWorkspace } from './generate-workspace'

const test = openTestDatabase()
const NOW = new Date('2026-11-22T12:00:00Z')
const SIZE = { contacts: 400, gifts: 6000, pledges: 120, seed: 7 }

async function fill(mine: TestWorkspace, parts: { add?: boolean; seed?: number } = {}): Promise<void> {
  const { add = false, seed = SIZE.seed } = parts
  const deps = createTestDeps(test.db, () => NOW)
  await generateWorkspace(deps, mine.workspaceId, { size: { ...SIZE, seed }, add })
  expect(deps.sent).toEqual([])
}

/** Rows of the tables, and sums that differ where anything does. */
async function countsOf(mine: TestWorkspace): Promise<Record<string, unknown>> {
  const [row] = await mine.run((ctx) =>
    ctx.db.execute(sql`
      select (select count(*)::int from contacts) as contacts, (select count(*)::int from pledges) as pledges,
        (select count(*)::int from gifts where reverses_id is null) as gifts,
        (select md5(string_agg(display_name || coalesce(birthday::text, ''), ',' order by display_name, birthday)) from contacts) as names,
        (select sum(amount)::text || max(given_on) || min(given_on) from gifts) as given,
        (select sum(amount)::text from allocations) as paid, (select sum(written_off)::text from instalments) as off`),
  )
  return row ?? {}
}

it('a generated workspace is true: nothing differs from its ledger, and the daily check changes nobody’s status', async () => {
  const mine = await createTestWorkspace(test.db)
  await fill(mine)
  const { contacts, gifts, pledges } = SIZE
  expect(await countsOf(mine)).toMatchObject({ contacts, gifts, pledges })
  const drift = await mine.run(findDrift)
  expect(drift).toMatchObject({ drift: 0, examples: [] })
  expect(drift.compared).toBeGreaterThan(1000)
  const checked = await mine.run(checkWorkspace, NOW)
  expect(checked).toMatchObject({ statuses: 0 })
  expect(checked?.late).toBeGreaterThan(0)
  expect(checked?.atRisk).toBeGreaterThan(0)
})

it.each(['cadence', 'plain'] as const)(
  'those at risk by the %s rule are found by an index, and are whom it says of all',
  async (riskRule) => {
    const mine = await createTestWorkspace(test.db)
    await fill(mine, { seed: 11 })
    for (const today of ['2026-11-22', '2027-03-01', '2027-12-24']) {
      const day = { today, riskRule }
      const all = await mine.run((ctx) => findDonors(ctx, day))
      const atRisk = all.filter(({ risk }) => risk.state === 'at_risk').map(({ contactId }) => contactId)
      const found = await mine.run((ctx) => findAtRisk(ctx, day))
      expect(found.map(({ contactId }) => contactId).toSorted()).toEqual(atRisk.toSorted())
      expect(atRisk.length).toBeGreaterThan(1)
    }
  },
)

it('the same seed makes the same people and gifts, another one others', async () => {
  const [one, two, other] = [
    await createTestWorkspace(test.db),
    await createTestWorkspace(test.db),
    await createTestWorkspace(test.db),
  ]
  await fill(one)
  await fill(two)
  await fill(other, { seed: 8 })
  expect(await countsOf(two)).toEqual(await countsOf(one))
  expect((await countsOf(other)).names).not.toEqual((await countsOf(one)).names)
})

it('a workspace that has contacts is left alone, unless it is told that others may come', async () => {
  const mine = await createTestWorkspace(test.db)
  await fill(mine)
  const refused = await fill(mine).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(AppError)
  await fill(mine, { add: true, seed: 9 })
  expect(await countsOf(mine)).toMatchObject({ contacts: 2 * SIZE.contacts })
  expect(await mine.run(findDrift)).toMatchObject({ drift: 0 })
})
