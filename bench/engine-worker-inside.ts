import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '@/db/client'
import { createJobClient } from '@/jobs/client'
import { startEngine } from '@/jobs/engine/start-engine'

/** A worker process of its own, as in production: `BENCH_URL` is its database. */
const { BENCH_URL: url = '', BENCH_CONCURRENCY = '40' } = process.env
const STEPS = 10

const log = pino({ level: 'error' }, process.stderr)
const client = createJobClient({ mode: 'embedded', db: openDatabase({ url }), env: {}, log })

/** Of the machine's clock, in milliseconds and parts of them. */
const clock = () => performance.timeOrigin + performance.now()

for (const [id, how] of [
  ['plain', { checkpointing: false }],
  ['onward', {}],
] as const) {
  client.createFunction({ id, triggers: [{ event: `bench/${id}` }], ...how }, async ({ step }) => {
    for (let at = 0; at < STEPS; at += 1) await step.run(`step ${at}`, () => at)
  })
}

client.createFunction({ id: 'first', triggers: [{ event: 'bench/first' }] }, async ({ event, step }) =>
  step.run('first', () => clock() - Number(event.data.at)),
)

client.createFunction({ id: 'sleeper', triggers: [{ event: 'bench/sleeper' }] }, async ({ step }) => {
  await step.sleep('long', '30d')
})

const engine = await startEngine({ url, client, functions: client.funcs, log, concurrency: Number(BENCH_CONCURRENCY) })
process.stdout.write('ready\n')

process.on('SIGTERM', () => {
  engine
    .stop()
    .then(() => sleep(10))
    .finally(() => process.exit(0))
})
