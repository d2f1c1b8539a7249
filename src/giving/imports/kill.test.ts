import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { openTestProgram, type TestChild } from '@/db/testing-child'
import { createGiver, expectNoDrift } from '../gifts/testing'
import { createPledge } from '../pledges/create-pledge'
import { newPledgeSchema } from '../pledges/schema'
import { beginCommit } from './commit-import'
import { imports } from './table'
import { createImporter } from './testing'

const test = openTestDatabase()
const program = openTestProgram(new URL('child-commit.ts', import.meta.url))

const KILLS = 20
const ROWS = 3000
const PEOPLE = 300

/** Gifts of a few hundred people, half of them with a number of their own, some twice on a day. */
function fileOf(): string {
  const lines = Array.from({ length: ROWS }, (_, at) => {
    const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(at / PEOPLE / 2) * 31)).toISOString().slice(0, 10)
    return `p${at % PEOPLE}@example.org,P,Person${at % PEOPLE},"${10 + (at % 7)},50",${day},,,${at % 3 === 0 ? `T${at}` : ''},`
  })
  const head = 'contact_email,contact_first_name,contact_last_name,amount,date,donation_type,payment_method'
  return [`${head},external_id,notes`, ...lines].join('\n')
}

/** A workspace in which that file waits to be written, and one of its givers has a pledge. */
async function prepare() {
  const mine = await createTestWorkspace(test.db)
  const importer = createImporter(test.db, mine)
  const contactId = await createGiver(mine, 'Zych')
  const terms = { startOn: '2024-01-31', amount: '2000', currency: 'PLN', frequency: 'monthly' as const }
  await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse({ contactId, ...terms })))
  const zych = Array.from(
    { length: 12 },
    (_, at) => `,Anna,Zych,"15,00",2024-${String(at + 1).padStart(2, '0')}-05,,,,`,
  )
  const id = await importer.upload('gifts', `${fileOf()}\n${zych.join('\n')}`)
  await mine.run((ctx) => beginCommit(ctx, id, false))
  return { mine, importer, id }
}

function start(mine: TestWorkspace, id: string): TestChild {
  const env = { TEST_URL: test.url, TEST_WORKSPACE: mine.workspaceId, TEST_IMPORT: id }
  return program.start(env)
}

/** What the ledger and what is kept of it hold, without ids. */
async function tables(mine: TestWorkspace): Promise<string> {
  const rows = await mine.run((ctx) =>
    ctx.db.execute(sql`
      select c.display_name, c.status, g.given_on::text, g.amount::text, g.external_id, g.occurrence, r.gifts,
        r.first_gift_on::text, r.last_gift_on::text, s.total::text,
        (select sum(a.amount)::text from allocations a where a.gift_id = g.id) as pays
      from gifts g join contacts c on c.id = g.contact_id join contact_rollups r on r.contact_id = c.id
      join contact_sums s on s.contact_id = c.id order by 1, 3, 4, 5, 6`),
  )
  return JSON.stringify(rows)
}

async function stateOf({ mine, id }: { mine: TestWorkspace; id: string }) {
  const [row] = await mine.run((ctx) => ctx.db.select().from(imports).where(eq(imports.id, id)))
  return row
}

it('an import whose process is killed twenty times at any moment writes every row once, with all that follows', async () => {
  const [struck, calm] = [await prepare(), await prepare()]
  for (let kills = 0; kills < KILLS; kills += 1) {
    const child = start(struck.mine, struck.id)
    const gone = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), gone])
    await sleep(Math.random() * 50)
    child.kill('SIGKILL')
    await gone
    // In the middle of it: some batches are written, others are not.
    expect(await stateOf(struck)).toMatchObject({ state: 'committing', committed: expect.any(Number) })
  }
  for (const { mine, id } of [struck, calm]) {
    const [code] = await once(start(mine, id), 'exit')
    expect(code).toBe(0)
  }
  expect(await stateOf(struck)).toMatchObject({ state: 'done', counts: { new: ROWS + 12, error: 0 } })
  expect(await tables(struck.mine)).toBe(await tables(calm.mine))
  const [sum] = await struck.mine.run((ctx) =>
    ctx.db.execute<{ gifts: number }>(sql`select count(*)::int as gifts from gifts`),
  )
  expect(sum?.gifts).toBe(ROWS + 12)
  await expectNoDrift(struck.mine)
}, 180_000)
