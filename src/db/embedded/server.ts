import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { findNativeFolder, prepareNativeFolder } from './binaries'
import { reachableFolder, reachablePrograms, type Unprivileged, unprivilegedUser } from './unprivileged'

export type EmbeddedServer = {
  /** As the login role, to the application's database. */
  readonly url: string
  /** As the superuser, to the database `postgres`: for tests and restores alone. */
  readonly adminUrl: string
  readonly pid: number
  /** Whether it was left running by a process that was killed. */
  readonly adopted: boolean
  readonly stop: () => Promise<void>
}

type EmbeddedOptions = {
  /** The project's root, where node_modules lies. */
  readonly root: string
  /** For the cluster's data, its password and its log. */
  readonly directory: string
  /** `-c` settings beside the defaults. */
  readonly settings?: Readonly<Record<string, string>>
}

const DATABASE = 'gleaner'
const READY_SECONDS = 60

/** Starts PostgreSQL on a free loopback port, or adopts the one that still runs on this folder; makes role and database. */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const user = unprivilegedUser()
  const data = reachableFolder(join(options.directory, 'postgres'), user)
  const password = keepPassword(join(options.directory, 'postgres-password'))
  const adopted = await findRunning(data, password)
  const running = adopted ?? (await launch(options, data, password, user))
  const adminUrl = urlFor('postgres', password, running.port, 'postgres')
  await prepareDatabase(adminUrl, password)
  const url = urlFor(DATABASE, password, running.port, DATABASE)
  return { url, adminUrl, pid: running.pid, adopted: adopted !== null, stop: () => stopServer(running.pid) }
}

type Running = { readonly pid: number; readonly port: number }

function urlFor(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
}

function keepPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** A server outlives a parent that was killed with -9: its postmaster.pid tells pid (line 1) and port (line 4). */
async function findRunning(data: string, password: string): Promise<Running | null> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const found = { pid: Number(lines[0]), port: Number(lines[3]) }
  if (!found.pid || !found.port || !isAlive(found.pid)) return null
  return (await answers(urlFor('postgres', password, found.port, 'postgres'), 10)) ? found : null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function launch(
  options: EmbeddedOptions,
  data: string,
  password: string,
  user: Unprivileged | null,
): Promise<Running> {
  const packaged = findNativeFolder(options.root)
  prepareNativeFolder(packaged)
  const native = reachablePrograms(packaged, versionOf(packaged), user)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(native, data, password, user)
  const port = await freePort()
  const pid = spawnServer(native, data, port, options, user)
  const url = urlFor('postgres', password, port, 'postgres')
  if (await answers(url, READY_SECONDS)) return { pid, port }
  throw new Error(`PostgreSQL did not start; its last words are in ${join(options.directory, 'postgres.log')}`)
}

function versionOf(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  return version
}

function initialise(native: string, data: string, password: string, user: Unprivileged | null): void {
  const file = join(data, '..', `.pw-${process.pid}`)
  writeFileSync(file, password, { mode: 0o600 })
  if (user) chownSync(file, user.uid, user.gid)
  const flags = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  // A first start that was interrupted leaves files without PG_VERSION, and initdb refuses a folder with anything in it.
  clearHalfMade(data)
  const done = spawnSync(
    join(native, 'bin', 'initdb'),
    [`--pgdata=${data}`, `--pwfile=${file}`, ...flags],
    spawnOptions(user),
  )
  rmSync(file)
  if (done.status !== 0) throw new Error(`initdb failed: ${done.stderr?.toString() || done.error?.message}`)
}

function clearHalfMade(data: string): void {
  spawnSync('find', [data, '-mindepth', '1', '-delete'])
}

function spawnOptions(user: Unprivileged | null) {
  return { ...(user ?? {}), cwd: '/', env: { ...process.env, LC_ALL: 'C.UTF-8' } }
}

function spawnServer(
  native: string,
  data: string,
  port: number,
  options: EmbeddedOptions,
  user: Unprivileged | null,
): number {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '64MB',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const log = openSync(join(options.directory, 'postgres.log'), 'a')
  // Detached, so that Ctrl-C on a terminal reaches the supervisor alone, which stops the server last.
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...flags], {
    ...spawnOptions(user),
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  if (child.pid === undefined) throw new Error('PostgreSQL could not be started')
  return child.pid
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Asks until the server answers a query or the time is up. */
async function answers(url: string, seconds: number): Promise<boolean> {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    for (let left = seconds * 20; left > 0; left -= 1) {
      if (await asks(client)) return true
      await sleep(50)
    }
    return false
  } finally {
    await client.end({ timeout: 1 })
  }
}

function asks(client: postgres.Sql): Promise<boolean> {
  // While it starts (or recovers) it refuses: that is the answer "not yet", and the caller asks again.
  return client`select 1`.then(
    () => true,
    () => false,
  )
}

async function prepareDatabase(adminUrl: string, password: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  try {
    const [role] = await admin`select 1 from pg_roles where rolname = ${DATABASE}`
    if (!role) await admin.unsafe(`create role ${DATABASE} login createrole nosuperuser password '${password}'`)
    const [database] = await admin`select 1 from pg_database where datname = ${DATABASE}`
    if (!database) await admin.unsafe(`create database ${DATABASE} owner ${DATABASE}`)
  } finally {
    await admin.end()
  }
}

/** Fast shutdown: open transactions are rolled back. Waits until the process is gone. */
async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  for (let left = 200; left > 0 && isAlive(pid); left -= 1) await sleep(25)
}
