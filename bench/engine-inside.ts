import { join } from 'node:path'
import { pino } from 'pino'
import { closeDatabase, openDatabase } from '@/db/client'
import { startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import { createJobClient, type JobClient } from '@/jobs/client'
import { startEngine } from '@/jobs/engine/start-engine'

export type EngineFigure = { readonly measure: string; readonly value: number; readonly unit: string }

const RUNS = 300
const STEPS = 10
const WARM_UP = 300
const IDLE_EVENTS = 200

type Marks = { left: number; done: () => void; begun: Map<number, number> }

/** Starts a database and an engine in `directory`, measures, and stops both. */
export async function measureEngine(root: string, directory: string): Promise<readonly EngineFigure[]> {
  const server = await startEmbeddedServer({ root, directory })
  try {
    await migrateDatabase(server.url, join(root, 'drizzle'))
    return await measureOn(server.url)
  } finally {
    await server.stop()
  }
}

async function measureOn(url: string): Promise<readonly EngineFigure[]> {
  const db = openDatabase({ url })
  const log = pino({ level: 'error' })
  const client = createJobClient({ mode: 'embedded', db, env: {}, log })
  const marks: Marks = { left: 0, done: () => undefined, begun: new Map() }
  const engine = await startEngine({ url, client, functions: functionsOf(client, marks), log })
  try {
    await burst(client, marks, WARM_UP)
    const cpu = process.cpuUsage()
    const seconds = await burst(client, marks, RUNS)
    const used = process.cpuUsage(cpu)
    return [
      { measure: 'steps a second, one process', value: Math.round((RUNS * STEPS) / seconds), unit: '1/s' },
      {
        measure: 'processor time of a step, database apart',
        value: Number(((used.user + used.system) / 1000 / (RUNS * STEPS)).toFixed(2)),
        unit: 'ms',
      },
      ...(await latency(client, marks)),
    ]
  } finally {
    await engine.stop()
    await closeDatabase(db)
  }
}

function functionsOf(client: JobClient, marks: Marks) {
  const steps = client.createFunction({ id: 'steps', triggers: [{ event: 'bench/steps' }] }, async ({ step }) => {
    for (let at = 0; at < STEPS; at += 1) await step.run(`step ${at}`, () => at)
    await step.run('last', () => {
      marks.left -= 1
      if (marks.left === 0) marks.done()
    })
  })
  const first = client.createFunction(
    { id: 'first', triggers: [{ event: 'bench/first' }] },
    async ({ event, step }) => {
      await step.run('mark', () => {
        marks.begun.set(Number(event.data.at), performance.now())
        marks.done()
      })
    },
  )
  return [steps, first]
}

/** Seconds from the sending of so many runs to the last one's last step. */
async function burst(client: JobClient, marks: Marks, runs: number): Promise<number> {
  marks.left = runs
  const ended = new Promise<void>((resolve, reject) => {
    marks.done = resolve
    setTimeout(() => reject(new Error(`${marks.left} runs did not end within two minutes`)), 120_000).unref()
  })
  const start = performance.now()
  await client.send(Array.from({ length: runs }, () => ({ name: 'bench/steps', data: {} })))
  await ended
  return (performance.now() - start) / 1000
}

async function latency(client: JobClient, marks: Marks): Promise<readonly EngineFigure[]> {
  const times: number[] = []
  for (let at = 0; at < IDLE_EVENTS; at += 1) {
    const begun = new Promise<void>((resolve) => {
      marks.done = resolve
    })
    const sent = performance.now()
    await client.send({ name: 'bench/first', data: { at } })
    await begun
    times.push((marks.begun.get(at) ?? Number.NaN) - sent)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  times.sort((a, b) => a - b)
  const percentile = (share: number) => Number((times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1))
  return [
    { measure: 'event to first step, p50', value: percentile(0.5), unit: 'ms' },
    { measure: 'event to first step, p95', value: percentile(0.95), unit: 'ms' },
  ]
}
