import { expect } from 'vitest'
import type { Ctx } from '@/accounts/context'
import type { TestWorkspace } from '@/accounts/testing'
import { newId } from '@/kernel/ids'
import { contacts } from '../contacts/table'
import { instalments } from '../pledges/table'
import { addGift } from './add-gifts'
import { findDrift } from './check-ledger'
import { newGiftSchema } from './schema'

/** Somebody who gives; made without the contacts' verbs, which have tests of their own. */
export async function createTestContact(mine: TestWorkspace, name = 'Anna Nowak'): Promise<string> {
  const id = newId()
  const { workspaceId, memberId: ownerId } = mine
  await mine.run((ctx) =>
    ctx.db
      .insert(contacts)
      .values({ id, workspaceId, ownerId, kind: 'person', displayName: name, sortName: name.toLowerCase() }),
  )
  return id
}

type Given = { contactId: string; givenOn: string; amount: bigint | number } & Record<string, unknown>

/** 100 zł by transfer, unless the test says otherwise. */
export function giftInput({ amount, ...rest }: Given) {
  return newGiftSchema.parse({ currency: 'PLN', method: 'transfer', ...rest, amount: amount.toString() })
}

export async function give(mine: TestWorkspace, given: Given, now?: Date): Promise<string> {
  const { id } = await mine.run((ctx) => addGift(ctx, giftInput(given)), now)
  return id
}

/** Due date, paid, amount of every instalment, oldest first, as `2026-01-31 40/100`. */
export async function paidOf(mine: TestWorkspace, most = 6): Promise<string[]> {
  const rows = await mine.run((ctx) => ctx.db.select().from(instalments).orderBy(instalments.dueOn).limit(most))
  return rows.map(
    ({ dueOn, paid, amount, skipped }) => `${dueOn} ${paid / 100n}/${skipped ? 'skipped' : amount / 100n}`,
  )
}

export async function expectNoDrift(mine: TestWorkspace): Promise<void> {
  expect(await mine.run((ctx: Ctx) => findDrift(ctx))).toMatchObject({ drift: 0, examples: [] })
}
