import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { type Job, onCron, onEvent, onTriggers } from '../define'
import { createFunctions } from '../functions'
import { createHandler } from './handler'
import { readRegistry } from './registry'
import { createTestJobs } from './testing'

const test = openTestDatabase()
const jobs = createTestJobs(test)

describe('what the engine refuses at boot', () => {
  it.each([
    ['batchEvents', { batchEvents: { maxSize: 2, timeout: '1s' } }],
    ['optimizeParallelism', { optimizeParallelism: true }],
  ] as const)('a function that asks for %s, by its name', async (option, asked) => {
    const client = jobs.client()
    const extra: object = asked
    client.createFunction({ id: 'greedy', triggers: [{ event: 'x' }], ...extra }, async () => 1)
    await expect(jobs.start(client)).rejects.toThrow(`function greedy: the embedded engine has no ${option}`)
  })

  it('an expression or a schedule that it cannot read', async () => {
    const clever = jobs.client()
    clever.createFunction({ id: 'clever', triggers: [{ event: 'x', if: 'event.data.n >' }] }, async () => 1)
    await expect(jobs.start(clever)).rejects.toThrow(
      'function gleaner-clever: if: expression "event.data.n >": Unexpected token: EOF',
    )
    const never = jobs.client()
    never.createFunction({ id: 'never', triggers: [{ cron: '99 * * * *' }] }, async () => 1)
    await expect(jobs.start(never)).rejects.toThrow('function gleaner-never: not a cron expression: 99 * * * *')
  })

  it.each([
    ['a schedule with jitter', { cron: '* * * * *', jitter: '5m' }, 'no triggers.0'],
    ['an expression that asks for the time', { event: 'x', if: 'now() > event.ts' }, 'if: expression'],
  ])('%s, by its name', async (_what, trigger, words) => {
    const client = jobs.client()
    client.createFunction({ id: 'modern', triggers: [trigger] }, async () => 1)
    await expect(jobs.start(client)).rejects.toThrow(words)
  })

  it('an id too long for the names of its tasks, before anything runs', async () => {
    const client = jobs.client()
    client.createFunction({ id: 'l'.repeat(104), triggers: [{ event: 'long' }] }, async () => 1)
    await expect(jobs.start(client)).rejects.toThrow(/^function gleaner-l+: its id is longer than 111 characters$/)
    const longest = jobs.client()
    longest.createFunction({ id: 'l'.repeat(103), triggers: [{ event: 'long' }] }, async () => 'ran')
    await jobs.start(longest)
    await longest.send({ name: 'long', data: {} })
    expect(await jobs.ended('l'.repeat(103))).toMatchObject([{ output: 'ran' }])
  })

  it('two functions of one id', async () => {
    const client = jobs.client()
    for (const event of ['a', 'b']) client.createFunction({ id: 'twin', triggers: [{ event }] }, async () => 1)
    await expect(jobs.start(client)).rejects.toThrow('twin')
  })

  it('a job with an option that nobody knows, whichever engine is in charge', () => {
    const job = onCron<null>({ id: 'odd', cron: '* * * * *', ...{ colour: 'red' } }, async () => 1)
    expect(() => createFunctions(jobs.client(), null, [job])).toThrow('job odd: there is no option colour')
  })
})

describe('a job that asks for every option', () => {
  const asked = {
    name: 'Everything',
    description: 'asks for all there is',
    retries: 20,
    concurrency: [
      { limit: 2, key: 'event.data.host' },
      { limit: 5, key: '"all"', scope: 'env' },
    ],
    throttle: { limit: 1, period: '5s', burst: 2, key: 'event.data.host' },
    rateLimit: { limit: 1, period: '4h' },
    debounce: { period: '10s', timeout: '1m', key: 'event.data.host' },
    idempotency: 'event.data.host',
    priority: { run: 'event.data.host == "olx.pl" ? 60 : 0' },
    singleton: { mode: 'skip', key: 'event.data.host' },
    cancelOn: [{ event: 'delivery/due', if: 'async.data.kind == event.data.host', timeout: '1h' }],
    timeouts: { start: '10m', finish: '1h' },
    checkpointing: false,
  } as const
  const triggers = [
    { event: 'host/scan.due', if: 'event.data.host != ""' },
    { event: 'delivery/due' },
    { cron: 'TZ=Europe/Warsaw 0 6 * * *' },
  ] as const
  const declared = onTriggers<null>(
    { ...asked, concurrency: [...asked.concurrency], cancelOn: [...asked.cancelOn], id: 'everything', triggers },
    async () => 1,
  )

  it('hands each of them to the SDK unchanged', () => {
    const [fn] = createFunctions(jobs.client(), null, [declared])
    expect(fn?.opts).toMatchObject({ ...asked, id: 'everything', triggers })
  })

  it('is read by the engine, with all its triggers', async () => {
    const client = jobs.client()
    const registry = await readRegistry(createHandler(client, createFunctions(client, null, [declared])), client.funcs)
    expect(registry.get('gleaner-everything')).toMatchObject({
      events: [{ name: 'host/scan.due' }, { name: 'delivery/due' }],
      crons: [{ text: 'TZ=Europe/Warsaw 0 6 * * *' }],
      tries: 21,
      flow: { limits: [{ limit: 2 }, { limit: 5, scope: 'env' }], rateLimit: { reason: 'idempotency' } },
      cancels: [{ event: 'delivery/due' }],
      timeouts: { startMs: 600_000, finishMs: 3_600_000 },
    })
  })

  it('is begun by each event whose condition holds', async () => {
    const client = jobs.client()
    const plain = onTriggers<null>({ id: 'several', triggers }, async (_, { event }) => event.name)
    await jobs.start(client, { functions: createFunctions(client, null, [plain]) })
    await client.send([
      { name: 'host/scan.due', data: { host: '' } },
      { name: 'host/scan.due', data: { host: 'olx.pl' } },
      { name: 'delivery/due', data: {} },
    ])
    const ended = await jobs.ended('several', 2)
    expect(ended.map(({ output }) => output).sort()).toEqual(['delivery/due', 'host/scan.due'])
  })
})

describe('jobs bound to their dependencies', () => {
  it('a handler gets its dependencies, the event, the steps, the run and the attempt', async () => {
    type Deps = { readonly greet: (name: string) => string }
    const job: Job<Deps> = onEvent<Deps, 'host/scan.due'>(
      { id: 'bound', event: 'host/scan.due', retries: 1, concurrency: { limit: 1, key: 'event.data.host' } },
      async (deps, { event, step, runId, attempt }) => {
        const said = await step.run('say', () => deps.greet(event.data.host))
        return { said, runId, attempt, name: event.name, hasTime: event.ts > 0, hasId: event.id !== '' }
      },
    )
    const client = jobs.client()
    await jobs.start(client, { functions: createFunctions(client, { greet: (name) => `hello ${name}` }, [job]) })
    await client.send({ name: 'host/scan.due', data: { host: 'olx.pl' } })
    const [run] = await jobs.ended('bound')
    const facts = { attempt: 0, name: 'host/scan.due', hasTime: true, hasId: true }
    expect(run?.output).toEqual({ said: 'hello olx.pl', runId: run?.id, ...facts })
  })

  it('its failure handler gets the dependencies, the error and the event', async () => {
    const told: unknown[] = []
    const job = onEvent<unknown[], 'delivery/due'>(
      { id: 'unlucky', event: 'delivery/due', retries: 0 },
      async () => {
        throw new Error('out of luck')
      },
      async (list, { error, event, runId }) => list.push([error.message, event.data, typeof runId]),
    )
    const client = jobs.client()
    await jobs.start(client, { functions: createFunctions(client, told, [job]) })
    await client.send({ name: 'delivery/due', data: { workspaceId: 'w' } })
    await jobs.ended('unlucky-failure')
    expect(told).toEqual([['out of luck', { workspaceId: 'w' }, 'string']])
  })
})
