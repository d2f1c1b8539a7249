import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { CONNECTED, endAllStreams, type LiveNote, listenLive, notifyLive } from './live'

const test = openTestDatabase()

async function next(stream: AsyncGenerator<LiveNote>): Promise<LiveNote | undefined> {
  const step = await stream.next()
  return step.done ? undefined : step.value
}

describe('live notes', () => {
  afterAll(() => endAllStreams())

  it('a page hears its own workspace, after the commit, and no other', async () => {
    const [mine, other] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const stream = listenLive(test.db, mine.workspaceId, undefined)
    expect(await next(stream)).toEqual({ topic: CONNECTED, id: null })
    await other.run((ctx) => notifyLive(ctx, 'matches', 'theirs'))
    await mine.run((ctx) => notifyLive(ctx, 'matches', 'mine'))
    expect(await next(stream)).toEqual({ topic: 'matches', id: 'mine' })
    await stream.return(undefined)
  })

  it('a page is told to read again after the connection was lost', async () => {
    const mine = await createTestWorkspace(test.db)
    const stream = listenLive(test.db, mine.workspaceId, undefined)
    await next(stream)
    await test.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query ilike 'listen %' and datname = current_database()`)
    expect(await next(stream)).toEqual({ topic: CONNECTED, id: null })
    await mine.run((ctx) => notifyLive(ctx, 'matches'))
    expect(await next(stream)).toEqual({ topic: 'matches', id: null })
    await stream.return(undefined)
  })

  it('a closed page and the end of the process end the stream', async () => {
    const mine = await createTestWorkspace(test.db)
    const page = new AbortController()
    const closed = listenLive(test.db, mine.workspaceId, page.signal)
    const open = listenLive(test.db, mine.workspaceId, undefined)
    await Promise.all([next(closed), next(open)])
    page.abort()
    expect(await next(closed)).toBeUndefined()
    endAllStreams()
    expect(await next(open)).toBeUndefined()
  })
})
