import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { createApiToken } from '@/accounts/create-api-token'
import { revokeApiToken } from '@/accounts/revoke-api-token'
import { revokeOtherSessions, revokeSession } from '@/accounts/revoke-sessions'
import { sessions } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createCallerFactory, router } from './init'
import { CONNECTED, endAllStreams, type LiveNote, listenLive, notifyLive } from './live'
import { gateProcedure } from './procedures'
import { createTestContext, createTestWebDeps, sessionOf, tokenOf } from './testing'

const test = openTestDatabase()

async function next(stream: AsyncGenerator<LiveNote>): Promise<LiveNote | undefined> {
  const step = await stream.next()
  return step.done ? undefined : step.value
}

const pageOf = ({ workspaceId }: TestWorkspace) => ({ workspaceId, passId: null })

const testRouter = router({
  changes: gateProcedure('workspace.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) yield note.topic
  }),
})

/** A page of the member, open in a session of its own. */
async function openPage(mine: TestWorkspace) {
  const expiresAt = new Date(Date.now() + 86_400_000)
  const [session] = await test.db.insert(sessions).values({ userId: mine.userId, expiresAt }).returning()
  const caller = { ...sessionOf(mine), sessionId: session?.id ?? '' }
  const context = createTestContext(createTestWebDeps(test.db), caller)
  const stream = await createCallerFactory(testRouter)(context).changes()
  return { sessionId: caller.sessionId, notes: stream[Symbol.asyncIterator]() }
}

describe('live notes', () => {
  afterAll(() => endAllStreams())

  it('a page hears its own workspace, after the commit, and no other', async () => {
    const [mine, other] = [await createTestWorkspace(test.db), await createTestWorkspace(test.db)]
    const stream = listenLive(test.db, pageOf(mine), undefined)
    expect(await next(stream)).toEqual({ topic: CONNECTED, id: null })
    await other.run((ctx) => notifyLive(ctx, 'matches', 'theirs'))
    await mine.run((ctx) => notifyLive(ctx, 'matches', 'mine'))
    expect(await next(stream)).toEqual({ topic: 'matches', id: 'mine' })
    await stream.return(undefined)
  })

  it('a page is told to read again after the connection was lost', async () => {
    const mine = await createTestWorkspace(test.db)
    const stream = listenLive(test.db, pageOf(mine), undefined)
    await next(stream)
    await test.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query ilike 'listen %' and datname = current_database()`)
    expect(await next(stream)).toEqual({ topic: CONNECTED, id: null })
    await mine.run((ctx) => notifyLive(ctx, 'matches'))
    expect(await next(stream)).toEqual({ topic: 'matches', id: null })
    await stream.return(undefined)
  })

  it('a session that is ended takes its open pages along, and no others', async () => {
    const mine = await createTestWorkspace(test.db)
    const [lost, kept] = [await openPage(mine), await openPage(mine)]
    await Promise.all([lost.notes.next(), kept.notes.next()])
    await revokeSession(createTestWebDeps(test.db), mine.userId, lost.sessionId)
    expect(await lost.notes.next()).toMatchObject({ done: true })
    await mine.run((ctx) => notifyLive(ctx, 'matches'))
    expect(await kept.notes.next()).toEqual({ done: false, value: 'matches' })
    await revokeOtherSessions(test.db, mine.userId, null, new Date())
    expect(await kept.notes.next()).toMatchObject({ done: true })
  })

  it('an API key that is revoked takes its open streams along, once that is committed', async () => {
    const mine = await createTestWorkspace(test.db)
    const { id } = await mine.run((ctx) => createApiToken(ctx, { name: 'Script' }))
    const context = createTestContext(createTestWebDeps(test.db), tokenOf(mine, 'owner', id))
    const stream = (await createCallerFactory(testRouter)(context).changes())[Symbol.asyncIterator]()
    expect(await stream.next()).toMatchObject({ value: CONNECTED })
    await mine.run((ctx) => revokeApiToken(ctx, { id }))
    expect(await stream.next()).toMatchObject({ done: true })
  }, 5_000)

  it('a closed page and the end of the process end the stream', async () => {
    const mine = await createTestWorkspace(test.db)
    const page = new AbortController()
    const closed = listenLive(test.db, pageOf(mine), page.signal)
    const open = listenLive(test.db, pageOf(mine), undefined)
    await Promise.all([next(closed), next(open)])
    page.abort()
    expect(await next(closed)).toBeUndefined()
    endAllStreams()
    expect(await next(open)).toBeUndefined()
  })
})
