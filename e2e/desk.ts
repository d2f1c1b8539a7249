import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { createWatch } from '@/bargains/watches/create-watch'
import type { NewWatch } from '@/bargains/watches/schema'
import { closeDatabase, type Database, openDatabase } from '@/db/client'
import { type EmbeddedServer, startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import { createJobClient, createSender } from '@/jobs/client'
import { newId } from '@/kernel/ids'
import { channels } from '@/notifications/channels/table'
import { createLogger } from '@/observability/log'
import type { World } from './world/world.ts'

/** A database and a workspace in the simulated world, with workers that may be killed: for crash tests and benchmarks. */
export type Desk = {
  readonly db: Database
  readonly server: EmbeddedServer
  readonly workspace: TestWorkspace
  readonly startWorker: () => Promise<Worker>
  /** What the web process does when a watch is made or "scan now" is pressed. */
  readonly wakeHost: (host: string) => Promise<void>
  /** What the last worker logged, for a test that fails. */
  readonly lastWords: () => string
  /** PostgreSQL is killed where it stands, is away for so long, and then there again. */
  readonly loseDatabase: (milliseconds: number) => Promise<void>
  readonly close: () => Promise<void>
}

export type Worker = {
  readonly pid: number
  /** Everything it logged. */
  readonly said: () => string
  readonly kill: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
}

// Resolved from the working directory: Playwright and esbuild both run these files where import.meta.url misleads.
const ROOT = process.cwd()

export async function openDesk(world: World, env: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-desk-'))
  // Root lends PostgreSQL to another user, who must be able to enter.
  chmodSync(folder, 0o711)
  let server = await startEmbeddedServer({ root: ROOT, directory: folder })
  const port = Number(new URL(server.url).port)
  await migrateDatabase(server.url, join(ROOT, 'drizzle'))
  const db = openDatabase({ url: server.url, name: 'gleaner desk' })
  const workspace = await createTestWorkspace(db)
  const client = createJobClient({ mode: 'embedded', db, env: {}, log: createLogger('desk', 'silent') })
  const send = createSender(client)
  const workers: Worker[] = []
  return {
    db,
    server,
    workspace,
    startWorker: async () => {
      const worker = await spawnWorker({ ...world.env(), ...secrets(server.url, folder), ...env })
      workers.push(worker)
      return worker
    },
    wakeHost: (host) => send([{ name: 'host/scan.due', data: { host, at: new Date().toISOString() } }]),
    lastWords: () => workers.at(-1)?.said().slice(-4000) ?? '',
    loseDatabase: async (milliseconds) => {
      process.kill(server.pid, 'SIGQUIT')
      await sleep(milliseconds)
      server = await startEmbeddedServer({ root: ROOT, directory: folder, port })
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.kill('SIGKILL')))
      await closeDatabase(db, 5)
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function secrets(url: string, folder: string) {
  return {
    DATABASE_URL: url,
    GLEANER_DATA_DIR: folder,
    AUTH_SECRET: 'made-up-for-tests-made-up-for-tests',
    GLEANER_ENCRYPTION_KEY: '00'.repeat(32),
    LOG_LEVEL: 'debug',
  }
}

async function spawnWorker(env: Readonly<Record<string, string>>): Promise<Worker> {
  const file = join(ROOT, 'dist', 'worker.mjs')
  if (!existsSync(file)) throw new Error('dist/worker.mjs is missing: npm run build')
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(process.execPath, [file], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
  }
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code}:\n${said}`)))
  })
  return { pid: child.pid ?? 0, said: () => said, kill: (signal) => endWorker(child, signal) }
}

async function endWorker(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await gone
}

/** A Telegram chat of the workspace's owner, as linking would have made it. */
export async function addTelegramChannel({ workspace }: Desk, chatId: number): Promise<string> {
  const { workspaceId, memberId } = workspace
  const id = newId()
  await workspace.run((ctx) =>
    ctx.db.insert(channels).values({
      ...{ id, workspaceId, memberId, kind: 'telegram' as const, name: 'Telegram' },
      address: String(chatId),
      locale: 'en',
    }),
  )
  return id
}

export async function addWatch(
  { workspace }: Desk,
  watch: Partial<NewWatch> & Pick<NewWatch, 'urls'>,
): Promise<string> {
  const wanted = { name: 'Watch', interval: 10, dropPercent: 5, dropAmount: null, channelIds: [], notify: true }
  const { id } = await workspace.run((ctx) => createWatch(ctx, { ...wanted, ...watch }))
  return id
}

/** Asks again and again until `condition` holds; throws with `what` when it does not in time. */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  milliseconds = 20_000,
): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (await condition()) return
    await sleep(25)
  }
  throw new Error(`in ${milliseconds} ms it did not come to pass that ${what}`)
}
