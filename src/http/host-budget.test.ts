import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { releaseSlot, takeSlot } from './host-budget'
import { hosts } from './table'

const test = openTestDatabase()
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1000)

async function request(host: string, second: number): Promise<boolean> {
  const slot = await takeSlot(test.db, host, at(second))
  if (slot.kind === 'wait') return false
  await releaseSlot(test.db, host, slot.slotId, { kind: 'ok' }, at(second))
  return true
}

describe('the budget of a host, shared by all processes', () => {
  it('gives one of many who ask at once the right to go', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => takeSlot(test.db, 'one.example', at(0))))
    expect(asked.filter((slot) => slot.kind === 'taken')).toHaveLength(1)
    expect(asked.filter((slot) => slot.kind === 'wait' && slot.why === 'busy')).toHaveLength(7)
  })

  it('lets 20 go in a minute and says when the next may', async () => {
    for (let i = 0; i < 20; i++) expect(await request('full.example', i)).toBe(true)
    expect(await takeSlot(test.db, 'full.example', at(30))).toEqual({ kind: 'wait', until: at(61), why: 'full' })
    expect(await request('full.example', 61)).toBe(true)
    const [row] = await test.db.select().from(hosts).where(eq(hosts.host, 'full.example'))
    expect(row).toMatchObject({ requests: 21, busyBy: null, busyUntil: null })
  })

  it('counts redirects as requests', async () => {
    const slot = await takeSlot(test.db, 'hop.example', at(0))
    if (slot.kind !== 'taken') throw new Error('not taken')
    await releaseSlot(test.db, 'hop.example', slot.slotId, { kind: 'ok' }, at(1), 19)
    expect(await takeSlot(test.db, 'hop.example', at(2))).toMatchObject({ why: 'full' })
  })

  it('a slot that ran out cannot be given back over its successor', async () => {
    const first = await takeSlot(test.db, 'late.example', at(0))
    const second = await takeSlot(test.db, 'late.example', at(20))
    if (first.kind !== 'taken' || second.kind !== 'taken') throw new Error('not taken')
    await releaseSlot(test.db, 'late.example', first.slotId, { kind: 'ok' }, at(21))
    expect(await takeSlot(test.db, 'late.example', at(22))).toMatchObject({ why: 'busy' })
  })
})
