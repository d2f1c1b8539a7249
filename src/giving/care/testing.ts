import { eq, sql } from 'drizzle-orm'
import { workspaces } from '@/accounts/table'
import type { TestWorkspace } from '@/accounts/testing'
import type { PlainDate } from '@/kernel/dates'
import { signals } from '@/notifications/signals/table'
import { createPledge } from '../pledges/create-pledge'
import { newPledgeSchema } from '../pledges/schema'
import { checkWorkspace } from './check-workspace'
import { noticeGifts } from './notice-gifts'

/** What the workspace has switched on, as its settings do. */
export function switchHalves(mine: TestWorkspace, halves: { giving?: boolean; bargains?: boolean }): Promise<unknown> {
  const own = eq(workspaces.id, mine.workspaceId)
  return mine.run((ctx) => ctx.db.update(workspaces).set(halves).where(own))
}

/** 07:00 in Warsaw of that day, summer and winter. */
export function morning(day: PlainDate): Date {
  return new Date(`${day}T06:00:00Z`)
}

export function check(mine: TestWorkspace, day: PlainDate) {
  return mine.run((ctx) => checkWorkspace(ctx), morning(day))
}

export function notice(mine: TestWorkspace, day: PlainDate) {
  return mine.run((ctx) => noticeGifts(ctx, null), morning(day))
}

/** What was told so far, oldest first, as kind and facts. */
export function toldIn(mine: TestWorkspace) {
  return mine.run((ctx) => ctx.db.select().from(signals).orderBy(sql`${signals.createdAt}, ${signals.id}`))
}

/** 100 zł a month from that day on. */
export async function promise(
  mine: TestWorkspace,
  contactId: string,
  startOn: PlainDate,
  parts: Partial<Parameters<typeof newPledgeSchema.parse>[0] & object> = {},
): Promise<string> {
  const input = newPledgeSchema.parse({
    contactId,
    amount: '10000',
    currency: 'PLN',
    frequency: 'monthly',
    startOn,
    ...parts,
  })
  const { id } = await mine.run((ctx) => createPledge(ctx, input), morning(startOn))
  return id
}
