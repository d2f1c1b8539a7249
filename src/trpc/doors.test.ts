import { DrizzleQueryError, sql } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApiToken } from '@/accounts/create-api-token'
import { revokeApiToken } from '@/accounts/revoke-api-token'
import { revokeSession } from '@/accounts/revoke-sessions'
import { newTokenSchema } from '@/accounts/schema'
import { sessions } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { closeDatabase, openDatabase } from '@/db/client'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { errorOutside } from './errors'
import { answerTrpc } from './http'
import { router } from './init'
import { answerRest, describeApi } from './openapi'
import { publicProcedure, signedInProcedure, workspaceProcedure } from './procedures'
import { readWithin } from './request-guards'
import { createTestRuntime, createTestWebDeps, testEnv } from './testing'

const test = openTestDatabase()
const thing = z.object({ id: z.string(), name: z.string() })

const testRouter = router({
  whoAmI: signedInProcedure.query(({ ctx }) => ctx.session.user.id),
  boom: publicProcedure.query(({ ctx }) => ctx.deps.db.execute(sql`select ${'canary'} from no_such_table`)),
  wait: publicProcedure.query(() => {
    throw new AppError('too_many', 'slow down', { reason: 'tooManyAttempts', values: { minutes: 2 }, retryAfter: 90.2 })
  }),
  save: publicProcedure.input(newTokenSchema).mutation(({ input }) => input.name),
  store: publicProcedure
    .input(z.object({ text: z.string() }))
    .mutation(({ ctx, input }) => ctx.deps.db.execute(sql`select ${input.text}::text`)),
  clash: publicProcedure.input(z.enum(['23505', '40P01'])).mutation(({ ctx, input }) => {
    return ctx.deps.db.execute(sql.raw(`do $$ begin raise sqlstate '${input}'; end $$`))
  }),
  get: workspaceProcedure('workspace.read')
    .meta({ openapi: { method: 'GET', path: '/things/{id}' } })
    .input(z.object({ id: z.string().max(5) }))
    .output(thing)
    .query(({ input }) => ({ id: input.id, name: 'thing' })),
  create: workspaceProcedure('workspace.manage')
    .meta({ openapi: { method: 'POST', path: '/things' } })
    .input(z.object({ name: z.string().min(1) }))
    .output(thing)
    .mutation(({ input }) => ({ id: '1', name: input.name })),
  fail: workspaceProcedure('workspace.read')
    .meta({ openapi: { method: 'GET', path: '/fail' } })
    .input(z.void())
    .output(thing)
    .query(async ({ ctx }) => {
      await ctx.scope.db.execute(sql`select ${'canary'} from no_such_table`)
      return { id: '', name: '' }
    }),
})

const logged: string[] = []
function runtimeOf() {
  const log = pino({}, { write: (line: string) => void logged.push(line) })
  return createTestRuntime(createTestWebDeps(test.db, { log }))
}

async function cookieOf(userId: string): Promise<{ cookie: string; sessionId: string }> {
  const expiresAt = new Date(Date.now() + 86_400_000)
  const [session] = await test.db.insert(sessions).values({ userId, expiresAt }).returning()
  const name = 'authjs.session-token'
  const token = await encode({ token: { sid: session?.id }, secret: testEnv.AUTH_SECRET, salt: name })
  return { cookie: `${name}=${token}`, sessionId: session?.id ?? '' }
}

const HOST = { host: 'gleaner.test' }
function ask(path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`http://gleaner.test/api/trpc/${path}`, { ...init, headers: { ...HOST, ...headers } })
  return answerTrpc(testRouter, runtimeOf(), request)
}

function write(path: string, json: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const body = typeof json === 'string' ? json : JSON.stringify({ json })
  return ask(path, { 'content-type': 'application/json', ...headers }, { method: 'POST', body })
}

describe('the tRPC door', () => {
  it('a session is refused at the request after it was revoked', async () => {
    const mine = await createTestWorkspace(test.db)
    const { cookie, sessionId } = await cookieOf(mine.userId)
    expect(await (await ask('whoAmI', { cookie })).json()).toMatchObject({ result: { data: { json: mine.userId } } })
    await revokeSession(createTestWebDeps(test.db), mine.userId, sessionId)
    const after = await ask('whoAmI', { cookie })
    expect(after.status).toBe(401)
    expect(await after.json()).toMatchObject({ error: { json: { data: { code: 'unauthenticated', reason: null } } } })
  })

  it('a cookie that we did not sign is no session', async () => {
    expect((await ask('whoAmI', { cookie: 'authjs.session-token=eyJhbGciOiJub25lIn0.e30.' })).status).toBe(401)
  })

  it('an unexpected error leaves as an id that the log has, without SQL or stack', async () => {
    logged.length = 0
    const answer = await ask('boom')
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(text).not.toMatch(/select|canary|no_such_table|node_modules|stack/)
    const { errorId } = JSON.parse(text).error.json.data
    expect(logged.join()).toContain(errorId)
  })

  it('a limit answers 429 with Retry-After, in the reader’s language', async () => {
    const answer = await ask('wait', { 'accept-language': 'pl' })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('91')
    expect(await answer.json()).toMatchObject({
      error: {
        json: {
          message: 'Za dużo prób. Odczekaj 2 minuty i spróbuj ponownie.',
          data: { code: 'too_many', retryAfter: 90.2 },
        },
      },
    })
  })

  it('what is wrong with an input is told at its field', async () => {
    const answer = await write('save', { name: '  ' })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { json: { data: { fields: { name: 'Fill this in.' } } } } })
  })

  it('a text that the database cannot hold is the sender’s mistake', async () => {
    const answer = await write('store', { text: 'a\u0000b' })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { json: { data: { code: 'bad_input' } } } })
  })

  it('a value that the database refuses is in the log with its procedure: it may be our mistake', async () => {
    logged.length = 0
    await write('store', { text: 'a\u0000b' })
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, path: 'store' }])
    logged.length = 0
    await write('save', { name: '  ' })
    expect(logged).toEqual([])
  })

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EPIPE', 'ETIMEDOUT', 'CONNECT_TIMEOUT'])(
    'a database that cannot be reached (%s) is a 503, and no error of ours',
    (code) => {
      const cause = new DrizzleQueryError('select 1', [], Object.assign(new Error('away'), { code }))
      expect(errorOutside(cause).code).toBe('SERVICE_UNAVAILABLE')
    },
  )

  it.each([
    ['23505', 409, 'conflict'],
    ['40P01', 503, 'unavailable'],
  ])('the database’s %s, when two write at once, is answered %i', async (state, status, code) => {
    const answer = await write('clash', JSON.stringify({ json: state }))
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { json: { data: { code } } } }])
  })

  it('a database that is away is told as such at both doors, and REST keeps its form', async () => {
    const away = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', name: 'away' })
    const deps = { ...createTestWebDeps(test.db), db: away }
    const { cookie } = await cookieOf((await createTestWorkspace(test.db)).userId)
    const page = new Request('http://gleaner.test/api/trpc/whoAmI', { headers: { ...HOST, cookie } })
    expect((await answerTrpc(testRouter, createTestRuntime(deps), page)).status).toBe(503)
    const headers = { ...HOST, authorization: 'Bearer glnr_x', 'accept-language': 'pl' }
    const call = new Request('http://gleaner.test/api/v1/things/7', { headers })
    const answer = await answerRest(testRouter, createTestRuntime(deps), call)
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { code: 'unavailable', message: expect.stringContaining('Teraz') },
    ])
    await closeDatabase(away, 1)
  })

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'http://gleaner.test' }, 200],
    [{ origin: 'https://g.example.org', 'x-forwarded-host': 'g.example.org' }, 200],
    [{}, 200],
  ])('a write with %j is answered %i', async (headers: Record<string, string>, status) => {
    expect((await write('save', { name: 'x' }, headers)).status).toBe(status)
  })

  it('a body over a mebibyte is refused, declared or streamed', async () => {
    const long = 'x'.repeat(1_100_000)
    expect((await write('save', { name: long })).status).toBe(413)
    expect((await write('save', 'x', { 'content-length': '9999999' })).status).toBe(413)
  })

  it('a door that expects little takes little, also where the length is not declared', async () => {
    const post = (body: string) => new Request('http://gleaner.test/', { method: 'POST', body })
    expect(await (await readWithin(post('email=a'), 16))?.text()).toBe('email=a')
    expect(await readWithin(post('x'.repeat(17)), 16)).toBeNull()
  })

  it.each(['{', '[]', '"x"', '', '{"json":{"__proto__":{}}}'])('the body %j is refused, not failed', async (body) => {
    expect((await write('save', body)).status).toBe(400)
  })
})

describe('the REST door', () => {
  const rest = async (mine: TestWorkspace | null, path: string, init: RequestInit = {}, token?: string) => {
    const key = mine ? (await mine.run((ctx) => createApiToken(ctx, { name: 'Test' }))).token : token
    const headers = new Headers({ ...HOST, ...Object.fromEntries(new Headers(init.headers)) })
    if (key) headers.set('authorization', `Bearer ${key}`)
    return answerRest(testRouter, runtimeOf(), new Request(`http://gleaner.test/api/v1${path}`, { ...init, headers }))
  }
  const post = (body: string, type = 'application/json') => ({
    method: 'POST',
    body,
    headers: { 'content-type': type },
  })

  it('answers with the procedure’s own JSON', async () => {
    const mine = await createTestWorkspace(test.db)
    const answer = await rest(mine, '/things/7')
    expect([answer.status, await answer.json()]).toEqual([200, { id: '7', name: 'thing' }])
    expect(await (await rest(mine, '/things', post('{"name":"x"}'))).json()).toEqual({ id: '1', name: 'x' })
  })

  it('a revoked, wrong or missing key is 401, and a session’s cookie is no key', async () => {
    const mine = await createTestWorkspace(test.db)
    const { id, token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Test' }))
    expect((await rest(null, '/things/7', {}, token)).status).toBe(200)
    await mine.run((ctx) => revokeApiToken(ctx, { id }))
    for (const key of [token, 'glnr_wrong', undefined]) {
      const answer = await rest(null, '/things/7', {}, key)
      expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'unauthenticated' }])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
    const { cookie } = await cookieOf(mine.userId)
    expect((await rest(null, '/things/7', { headers: { cookie } })).status).toBe(401)
  })

  it('a key without the right is 403', async () => {
    const viewer = await createTestWorkspace(test.db, 'owner')
    const { token } = await viewer.run((ctx) => createApiToken(ctx, { name: 'Test' }))
    await viewer.run((ctx) => ctx.db.execute(sql`update members set role = 'viewer'`))
    const answer = await rest(null, '/things', post('{"name":"x"}'), token)
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'forbidden', reason: 'forbidden' }])
  })

  it.each([
    ['/nothing', {}, 404],
    ['/things/7/more', {}, 404],
    ['/things/7', { method: 'DELETE' }, 405],
    ['/things', post('{"name":"x"}', 'text/plain'), 415],
    ['/things', { method: 'POST', body: '{"name":"x"}', headers: { 'content-type': '' } }, 415],
    ['/things', post('{"name":'), 400],
    ['/things', post('[]'), 400],
    ['/things', post('{"name":7}'), 400],
    ['/things', post(`{"name":"${'x'.repeat(1_100_000)}"}`), 413],
    ['/things/toolong', {}, 400],
    ['/things/%00', {}, 200],
    ['/fail', {}, 500],
  ] as [string, RequestInit, number][])('%s is answered cleanly', async (path, init, status) => {
    const answer = await rest(await createTestWorkspace(test.db), path, init)
    const body = await answer.json()
    expect(answer.status).toBe(status)
    expect(JSON.stringify(body)).not.toMatch(/select|canary|node_modules|stack/)
    if (status < 300) return
    expect(Object.keys(body).filter((key) => !/^(code|message|reason|fields|errorId)$/.test(key))).toEqual([])
    expect(body).toMatchObject({ code: expect.any(String), message: expect.stringMatching(/\w/) })
  })

  it('what is wrong with an input is told at its field, in the reader’s language', async () => {
    const mine = await createTestWorkspace(test.db)
    await test.db.execute(sql`update users set locale = 'pl' where id = ${mine.userId}`)
    expect(await (await rest(mine, '/things', post('{"name":""}'))).json()).toEqual({
      code: 'bad_input',
      message: 'Coś tu się nie zgadza. Sprawdź, co zostało wpisane.',
      fields: { name: 'Wypełnij to pole.' },
    })
  })

  it('a wrong method says which are right', async () => {
    const answer = await rest(await createTestWorkspace(test.db), '/things', { method: 'DELETE' })
    expect(answer.headers.get('allow')).toBe('POST')
  })

  it('is described in OpenAPI 3.1', () => {
    const document = describeApi(testRouter, 'http://localhost:3000')
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths ?? {})).toEqual(['/things/{id}', '/things', '/fail'])
    expect(document.servers).toEqual([{ url: 'http://localhost:3000/api/v1' }])
    expect(JSON.stringify(document.components)).toContain('bearer')
  })
})
