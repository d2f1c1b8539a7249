import { expect } from 'vitest'
import type { Ctx } from '@/accounts/context'
import type { TestWorkspace } from '@/accounts/testing'
import { instalments } from '../pledges/table'
import { createTestContact } from '../testing'
import { addGift } from './add-gifts'
import { findDrift } from './check-ledger'
import { newGiftSchema } from './schema'

/** Somebody who gives. */
export async function createGiver(mine: TestWorkspace, lastName = 'Nowak'): Promise<string> {
  return (await createTestContact(mine, { lastName })).id
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
