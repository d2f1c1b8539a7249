import { pino } from 'pino'
import { driverPool, openDatabase } from '@/db/client'
import { createJobClient } from '../client'
import { sqlOf } from './sql'
import { startEngine } from './start-engine'

/*
 * A worker for tests that kill it. Its job writes each step's beginning and end to `effects`; the step `slow` takes so
 * long that it can be killed in the middle.
 */
const { TEST_URL: url = '', TEST_NAME: name = '', TEST_SLOW_MS: slowMs = '0' } = process.env
const db = openDatabase({ url })
const log = pino({ level: process.env.GLEANER_TEST_LOG ?? 'silent' }, process.stderr)
const client = createJobClient({ mode: 'embedded', db, env: {}, log })
const effects = sqlOf(driverPool(db))

let told = false

async function tell(run: string, what: string): Promise<void> {
  if (!told) process.stdout.write('first step\n')
  told = true
  await effects`insert into effects (run, what, worker) values (${run}, ${what}, ${name})`
}

client.createFunction({ id: 'killed', triggers: [{ event: 'killed' }], retries: 0 }, async ({ step, runId }) => {
  for (let at = 0; at < 3; at += 1) await step.run(`quick ${at}`, () => tell(runId, `quick ${at}`))
  await step.run('slow', async () => {
    await tell(runId, 'slow begins')
    await new Promise((resolve) => setTimeout(resolve, Number(slowMs)))
    await tell(runId, 'slow ends')
  })
  await step.sendEvent('tell others', { name: 'told', data: { runId } })
  await step.run('last', () => tell(runId, 'last'))
  return name
})

/** Ten steps; each notes that it began, and has an effect with a key of its own. */
for (const [id, how] of [
  ['asked', { checkpointing: false }],
  ['onward', {}],
] as const) {
  client.createFunction({ id, triggers: [{ event: id }], retries: 0, ...how }, async ({ step, runId }) => {
    for (let at = 0; at < 10; at += 1) {
      await step.run(`step ${at}`, async () => {
        await tell(runId, `step ${at}`)
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
        await effects`insert into effects_once (key) values (${`${runId}/${at}`}) on conflict do nothing`
        return at
      })
    }
    return 'whole'
  })
}

/** Three chains of four steps side by side, each as quick as its name says. */
client.createFunction({ id: 'branched', triggers: [{ event: 'branched' }], retries: 0 }, async ({ step, runId }) => {
  const chain = async (branch: number) => {
    for (let at = 0; at < 4; at += 1) {
      await step.run(`${branch}.${at}`, async () => {
        await tell(runId, `${branch}.${at}`)
        await new Promise((resolve) => setTimeout(resolve, branch * 15))
      })
    }
  }
  await Promise.all([0, 1, 2].map(chain))
  return 'whole'
})

client.createFunction({ id: 'told', triggers: [{ event: 'told' }] }, async ({ event, step }) => {
  await step.run('note', () => tell(String(event.data.runId), 'told'))
})

client.createFunction(
  { id: 'paced', triggers: [{ event: 'paced' }], throttle: { limit: 5, period: '1s', burst: 0 }, concurrency: 1 },
  async ({ event, step, runId }) => {
    await step.run('paced', () => tell(runId, `paced ${event.data.n}`))
  },
)

client.createFunction(
  { id: 'settled', triggers: [{ event: 'settled' }], debounce: { period: '1s' } },
  async ({ event, step, runId }) => {
    await step.run('settled', () => tell(runId, `settled ${event.data.n}`))
  },
)

await startEngine({ url, client, functions: client.funcs, log, leaseSeconds: 3 })
process.stdout.write('ready\n')
