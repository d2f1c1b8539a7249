import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createGiver, give } from '../gifts/testing'
import { createPledge } from '../pledges/create-pledge'
import { cancelPledge, endPledge } from '../pledges/end-pledge'
import { pausePledge } from '../pledges/pause-pledge'
import { newPledgeSchema } from '../pledges/schema'
import { findDonors } from './find-risks'

const test = openTestDatabase()
let mine: TestWorkspace
let anna: string
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = await createGiver(mine)
})

const at = (day: string) => new Date(`${day}T10:00:00Z`)

async function promise(startOn: string, today: string, parts: object = {}): Promise<string> {
  const promised = { contactId: anna, amount: '10000', currency: 'PLN', frequency: 'monthly', startOn, ...parts }
  return (await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse(promised)), at(today))).id
}

async function gifts(...days: string[]): Promise<void> {
  for (const givenOn of days) await give(mine, { contactId: anna, givenOn, amount: 10000 }, at('2026-10-01'))
}

async function riskOn(today: string): Promise<string | undefined> {
  const [donor] = await mine.run((ctx) => findDonors(ctx, { today, riskRule: 'cadence' }))
  return donor?.risk.state
}

describe('a donor at risk', () => {
  const MONTHS = ['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30']

  it('is excused by a pause no longer than the pledge lived that it was agreed on', async () => {
    await gifts(...MONTHS)
    const id = await promise('2025-01-31', '2025-01-01')
    await mine.run((ctx) => pausePledge(ctx, { id, fromOn: '2025-05-01', untilOn: null, reason: '' }), at('2025-05-01'))
    expect(await riskOn('2025-08-20')).toBe('fine')
    await mine.run((ctx) => cancelPledge(ctx, { id, writeOffOverdue: false }), at('2025-09-01'))
    expect(await riskOn('2025-10-01')).toBe('fine')
    expect(await riskOn('2025-11-20')).toBe('at_risk')
    expect(await riskOn('2026-10-01')).toBe('lapsed')
  })

  it('is excused by an open pause no longer than to the pledge’s last day', async () => {
    await gifts(...MONTHS)
    const id = await promise('2025-01-31', '2025-01-01')
    await mine.run((ctx) => pausePledge(ctx, { id, fromOn: '2025-05-01', untilOn: null, reason: '' }), at('2025-05-01'))
    await mine.run((ctx) => endPledge(ctx, { id, endOn: '2025-08-31' }), at('2025-05-02'))
    expect(await riskOn('2025-11-20')).toBe('at_risk')
  })

  it('is not one who gives once a year and has promised something that has not begun, or begins today', async () => {
    await gifts('2023-12-20', '2024-12-20', '2025-12-20')
    await promise('2026-07-01', '2026-06-01')
    expect(await riskOn('2026-06-15')).toBe('fine')
    expect(await riskOn('2026-07-01')).toBe('fine')
    expect(await riskOn('2026-07-15')).toBe('fine')
    expect(await riskOn('2026-08-20')).toBe('at_risk')
  })
})
