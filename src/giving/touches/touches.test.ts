import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { careEpisodes } from '../care/table'
import { createTestContact } from '../testing'
import { updateTouch } from './change-touch'
import { logTouch } from './log-touch'
import { listTouches } from './queries'

const test = openTestDatabase()
const NOW = new Date('2026-05-15T12:00:00Z')
let mine: TestWorkspace
let anna: string
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  anna = (await createTestContact(mine)).id
})

async function fallSilent(): Promise<void> {
  const episode = { id: newId(), workspaceId: mine.workspaceId, kind: 'contact.silent' as const, bucket: 1 }
  const since = { sinceOn: '2026-02-01', openedAt: NOW, toldAt: NOW }
  await mine.run((ctx) =>
    ctx.db.insert(careEpisodes).values({ ...episode, ...since, subjectId: anna, contactId: anna }),
  )
}

async function isSilent(): Promise<boolean> {
  const [row] = await mine.run((ctx) => ctx.db.select().from(careEpisodes))
  return row?.resolvedAt === null
}

const log = (at: string) => mine.run((ctx) => logTouch(ctx, { contactId: anna, kind: 'call', at, note: '' }), NOW)

describe('a touch', () => {
  it('of these days ends a silence, and one of long ago that is logged today does not', async () => {
    await fallSilent()
    await log('2026-01-20T10:00:00Z')
    expect(await isSilent()).toBe(true)
    await log('2026-05-14T10:00:00Z')
    expect(await isSilent()).toBe(false)
  })

  it('that two people change at once is changed by one, and the other is told', async () => {
    const { id } = await log('2026-05-14T10:00:00Z')
    const change = (note: string) => mine.run((ctx) => updateTouch(ctx, { id, version: 1, note }), NOW)
    const results = await Promise.allSettled([change('mine'), change('theirs')])
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(results.find((one) => one.status === 'rejected')?.reason).toMatchObject({ reason: 'touch.changed' })
    const { touches } = await mine.run((ctx) => listTouches(ctx, { contactId: anna, limit: 10 }))
    expect(touches).toMatchObject([{ version: 2 }])
  })
})
