import { createServer } from 'node:http'
import { DrizzleQueryError, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createJobClient } from '@/jobs/client'
import { startEngine } from '@/jobs/engine/start-engine'
import { createTestJobs, until } from '@/jobs/engine/testing'
import { AppError } from '@/kernel/app-error'
import { createLogger } from '@/observability/log'
import { openReporter } from '@/observability/reporter'
import { answerTrpc } from '@/trpc/http'
import { router } from '@/trpc/init'
import { publicProcedure } from '@/trpc/procedures'
import { createTestRuntime, createTestWebDeps } from '@/trpc/testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

const SECRETS = ['anna.nowak@example.org', '+48 601 234 567', '601234567', 'glnr_abcdefghijklmnopqrstuvwx', 'canary']
const WORDS = `no room for ${SECRETS[0]}, ${SECRETS[1]}, ${SECRETS[2]} with ${SECRETS[3]}`

/** What arrived, an envelope a call. */
const envelopes: string[] = []
const recorder = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  envelopes.push(Buffer.concat(parts).toString())
  response.end('{}')
})
let dsn = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve))
  const address = recorder.address()
  dsn = `http://key@127.0.0.1:${typeof address === 'object' ? address?.port : ''}/1`
})
beforeEach(() => void envelopes.splice(0))
afterAll(() => void recorder.close())

function open() {
  const reporter = openReporter({ dsn, release: '1.2.3', process: 'web', environment: 'test' })
  return { reporter, log: createLogger('test', 'info', { write: () => undefined }, reporter.report) }
}

type Sent = { release: string; tags: Record<string, string>; exception: { values: { type: string; value: string }[] } }

/** All that was sent once nothing is on its way; each envelope is a head, an item's head and an event. */
async function arrived(reporter: ReturnType<typeof openReporter>): Promise<readonly Sent[]> {
  await new Promise((resolve) => setTimeout(resolve, 100))
  await reporter.flush(5_000)
  return envelopes.map((envelope) => JSON.parse(envelope.split('\n')[2] ?? ''))
}

const appRouter = router({
  boom: publicProcedure.query(() => {
    throw new Error(WORDS, { cause: new Error(`deeper: ${WORDS}`) })
  }),
  query: publicProcedure.query(({ ctx }) => ctx.deps.db.execute(sql`select ${'canary'} from no_such_table`)),
  refuse: publicProcedure.query(() => {
    throw new AppError('conflict', 'a refusal in words')
  }),
  broken: publicProcedure.query(() => {
    throw new AppError('internal', 'what we rely on does not hold')
  }),
})

async function call(procedure: string, log: ReturnType<typeof createLogger>): Promise<void> {
  const runtime = createTestRuntime(createTestWebDeps(test.db, { log }))
  const headers = { cookie: 'session=canary', 'user-agent': 'canary' }
  await answerTrpc(appRouter, runtime, new Request(`http://localhost/api/trpc/${procedure}`, { headers }))
}

describe('an error that nobody expected', () => {
  it.each(['boom', 'query'])('in a procedure is one event, which holds no person and no secret: %s', async (name) => {
    const { reporter, log } = open()
    await call(name, log)
    const events = await arrived(reporter)
    expect(events).toMatchObject([{ release: '1.2.3', tags: { process: 'web', path: name } }])
    for (const secret of SECRETS) expect(envelopes.join()).not.toContain(secret)
    expect(events[0]?.exception.values).toHaveLength(2)
    expect(envelopes.join()).toContain('"filename":"src/trpc/procedures.ts"')
    expect(events[0]).not.toHaveProperty('request')
    expect(events[0]).not.toHaveProperty('user')
    expect(events[0]).not.toHaveProperty('server_name')
  })

  it('tells no value of a query that failed, whatever the value holds', async () => {
    const { reporter, log } = open()
    const values = ['ul. Polna 3\n    at home (/canary/file.ts:1:1)\n    at /canary/two.ts:2:2', '"canary']
    const error = new DrizzleQueryError('select $1, $2', values, new Error('deeper'))
    log.error({ err: new Error(`wrapped: ${error.message}`, { cause: error }) }, 'failed')
    const [event] = await arrived(reporter)
    expect(event?.exception.values.map(({ value }) => value)).toEqual([
      'deeper',
      'Failed query: select $1, $2\nparams: [redacted]',
      'wrapped: Failed query: select $1, $2\nparams: [redacted]',
    ])
    expect(envelopes.join()).not.toMatch(/canary|Polna/)
  })

  it.each([
    ['in a step', true],
    ['beside steps', false],
  ])('in a job is one event, after the last try: %s', async (_what, inStep) => {
    const { reporter, log } = open()
    const client = createJobClient({ mode: 'embedded', db: test.db, env: {}, log })
    let tries = 0
    const fail = (error: Error) => {
      tries += 1
      throw error
    }
    const id = `fails-${inStep}`
    client.createFunction({ id, retries: 1, triggers: [{ event: id }] }, async ({ event, step }) => {
      const error = event.data.app ? new AppError('upstream', WORDS) : new Error(WORDS)
      return inStep ? step.run('fail', () => fail(error)) : fail(error)
    })
    const engine = await startEngine({ url: test.url, client, functions: client.funcs, log, backoff: () => 30 })
    await client.send([
      { name: id, data: {} },
      { name: id, data: { app: true } },
    ])
    await jobs.ended(id, 2)
    await until(() => tries === 4, 'both to be tried twice')
    const events = await arrived(reporter)
    await engine.stop()
    expect(events).toMatchObject([{ tags: { function: id }, exception: { values: [{ type: 'Error' }] } }])
    for (const secret of SECRETS) expect(envelopes.join()).not.toContain(secret)
  })
})

it('what we rely on and does not hold is reported, alone and as the cause', async () => {
  const { reporter, log } = open()
  await call('broken', log)
  log.error({ err: new Error('wrapped', { cause: new AppError('internal', 'no row was inserted') }) }, 'failed')
  expect((await arrived(reporter)).map(({ exception }) => exception.values.map(({ type }) => type))).toEqual([
    ['AppError'],
    ['AppError', 'Error'],
  ])
})

it('so is it where a job finds it', async () => {
  const { reporter, log } = open()
  const client = createJobClient({ mode: 'embedded', db: test.db, env: {}, log })
  client.createFunction({ id: 'breaks', retries: 0, triggers: [{ event: 'breaks' }] }, async () => {
    throw new AppError('internal', 'no row was inserted')
  })
  const engine = await startEngine({ url: test.url, client, functions: client.funcs, log, backoff: () => 30 })
  await client.send({ name: 'breaks', data: {} })
  await jobs.ended('breaks', 1)
  const events = await arrived(reporter)
  await engine.stop()
  expect(events).toMatchObject([{ tags: { function: 'breaks' } }])
})

describe('what is not reported', () => {
  it('a refusal in words, alone or as the cause', async () => {
    const { reporter, log } = open()
    await call('refuse', log)
    log.error({ err: new Error('wrapped', { cause: new AppError('upstream', 'no answer') }) }, 'failed')
    log.warn({ err: new Error('only a warning') }, 'failed')
    expect(await arrived(reporter)).toEqual([])
  })

  it('the same error a second time', async () => {
    const { reporter, log } = open()
    const error = new Error('once')
    log.error({ err: error }, 'here')
    log.error({ err: new Error('wrapped', { cause: error }) }, 'there')
    expect(await arrived(reporter)).toHaveLength(1)
  })
})

it('nobody waits for a sink that is away, and nothing is thrown', async () => {
  const reporter = openReporter({ dsn: 'http://key@127.0.0.1:1/1', release: '1', process: 'web', environment: 'test' })
  const log = createLogger('test', 'info', { write: () => undefined }, reporter.report)
  log.error({ err: new Error('lost') }, 'failed')
  await reporter.flush(2_000)
})
