import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from 'inngest/node'
import { pino } from 'pino'
import { closeDatabase, type Database, driverPool, openDatabase } from '@/db/client'
import { startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import { createJobClient, type JobClient } from '@/jobs/client'
import { startEngine } from '@/jobs/engine/start-engine'
import { type Note, SCENES, type Scene } from './engines-scenes-inside.ts'

export type Speed = { readonly stepsPerSecond: number; readonly p50: number; readonly p95: number }
export type Seen = { readonly effects: Readonly<Record<string, readonly string[]>>; readonly speed: Speed }
export type Seens = { readonly embedded: Seen; readonly inngest: Seen | null }

const [RUNS, STEPS] = [100, 10]
const LONGEST_MS = 90_000

/** Runs every scene on the embedded engine, and on the Inngest server at `inngest` where one is named. */
export async function seeBoth(root: string, directory: string, inngest: string | null): Promise<Seens> {
  const server = await startEmbeddedServer({ root, directory })
  const db = openDatabase({ url: server.url })
  try {
    await migrateDatabase(server.url, join(root, 'drizzle'))
    await driverPool(db).query('create table effects (id serial, engine text, scene text, who text, what text)')
    const embedded = await seeEmbedded(db, server.url)
    return { embedded, inngest: inngest === null ? null : await seeInngest(db, inngest) }
  } finally {
    await closeDatabase(db)
    await server.stop()
  }
}

const log = pino({ level: 'silent' })

async function seeEmbedded(db: Database, url: string): Promise<Seen> {
  const client = createJobClient({ mode: 'embedded', db, env: {}, log })
  const stage = define(client, db, 'embedded')
  const engine = await startEngine({ url, client, functions: client.funcs, log })
  try {
    return await see(stage)
  } finally {
    await engine.stop()
  }
}

/** The functions behind the SDK's own HTTP handler, which tells the server of them. */
async function seeInngest(db: Database, address: string): Promise<Seen> {
  if (!LOOPBACK.has(new URL(address).hostname)) throw new Error(`INNGEST_DEV must be on this machine, not ${address}`)
  const client = createJobClient({ mode: 'inngest', db, env: { INNGEST_DEV: address }, log })
  const stage = define(client, db, 'inngest')
  const { server, url } = await listen(client)
  try {
    const told = await fetch(url, { method: 'PUT' })
    if (!told.ok) throw new Error(`${address} did not take the functions: ${await told.text()}`)
    return await see(stage)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

async function listen(client: JobClient): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const handle = serve({ client, functions: client.funcs, serveOrigin: origin, servePath: '/api/inngest' })
  return { server, url: `${origin}/api/inngest` }
}

type Stage = {
  readonly client: JobClient
  readonly db: Database
  readonly engine: string
  /** When each step of the speed's runs began, by run. */
  readonly begun: Map<string, number[]>
}

function define(client: JobClient, db: Database, engine: string): Stage {
  const begun = new Map<string, number[]>()
  for (const scene of SCENES) {
    const note: Note = async (who, what) => {
      await driverPool(db).query('insert into effects (engine, scene, who, what) values ($1, $2, $3, $4)', [
        engine,
        scene.name,
        who,
        what,
      ])
    }
    scene.define(client, note)
  }
  client.createFunction({ id: 'speed', triggers: [{ event: 'agree/speed' }] }, async ({ event, step }) => {
    for (let at = 0; at < STEPS; at += 1) {
      await step.run(`step ${at}`, () => {
        const own = begun.get(event.data.n) ?? []
        begun.set(event.data.n, [...own, performance.now()])
      })
    }
  })
  return { client, db, engine, begun }
}

async function see(stage: Stage): Promise<Seen> {
  const effects: Record<string, readonly string[]> = {}
  for (const scene of SCENES) effects[scene.name] = await play(stage, scene)
  return { effects, speed: await race(stage) }
}

/** The effects of a scene, as lines to compare: in their order for each who, or sorted where none is promised. */
async function play(stage: Stage, scene: Scene): Promise<readonly string[]> {
  await scene.send(stage.client)
  const end = Date.now() + LONGEST_MS
  while ((await effectsOf(stage, scene)).length < scene.effects && Date.now() < end) await sleep(50)
  // What comes too often must be seen, too.
  await sleep(scene.quietMs ?? 300)
  const lines = await effectsOf(stage, scene)
  if (!scene.ordered) return lines.sort()
  const places = new Map<string, number>()
  return lines
    .map((line) => {
      const [who = ''] = line.split(': ')
      places.set(who, (places.get(who) ?? 0) + 1)
      return `${who} ${String(places.get(who)).padStart(3, '0')}: ${line}`
    })
    .sort()
}

async function effectsOf({ db, engine }: Stage, { name }: Scene): Promise<string[]> {
  const text = 'select who, what from effects where engine = $1 and scene = $2 order by id'
  const { rows } = await driverPool(db).query<{ who: string; what: string }>(text, [engine, name])
  return rows.map(({ who, what }) => `${who}: ${what}`)
}

async function race({ client, begun }: Stage): Promise<Speed> {
  await client.send(Array.from({ length: RUNS }, (_, n) => ({ name: 'agree/speed', data: { n: String(n) } })))
  const total = () => [...begun.values()].reduce((sum, times) => sum + times.length, 0)
  for (const end = Date.now() + LONGEST_MS; total() < RUNS * STEPS; await sleep(10)) {
    if (Date.now() > end) throw new Error(`${total()} of ${RUNS * STEPS} steps were run in ${LONGEST_MS / 1000} s`)
  }
  const all = [...begun.values()].flat().sort((a, b) => a - b)
  const gaps = [...begun.values()].flatMap((times) => times.slice(1).map((time, at) => time - (times[at] ?? time)))
  gaps.sort((a, b) => a - b)
  const share = (part: number) => Math.round((gaps[Math.floor(gaps.length * part)] ?? Number.NaN) * 10) / 10
  const seconds = ((all.at(-1) ?? 0) - (all[0] ?? 0)) / 1000
  return { stepsPerSecond: Math.round((RUNS * STEPS) / seconds), p50: share(0.5), p95: share(0.95) }
}
