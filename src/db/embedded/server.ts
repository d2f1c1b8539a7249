import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { askOnce } from '../ask-once'
import { findNativeFolder, prepareNativeFolder } from './binaries'
import { initialise } from './initialise'
import { type Place, preparePlace } from './place'
import { becomesReady, findRunning, type Running, stopServer, urlFor } from './running'
import { asUser, reachablePrograms } from './unprivileged'

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
  /** The one that it had, for those who still know it there; a free one without. */
  readonly port?: number
}

const DATABASE = 'gleaner'
/** The free port may be taken before the server has it, and another start may be quicker. */
const ATTEMPTS = 3

/** Starts PostgreSQL on a free loopback port, or adopts the one that still runs on this folder; makes role and database. */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = preparePlace(options.directory)
  const { pid, port, adopted } = await startOrAdopt(options, place)
  const adminUrl = urlFor('postgres', place, port, 'postgres')
  await prepareDatabase(adminUrl, place.password)
  const url = urlFor(DATABASE, place, port, DATABASE)
  return { url, adminUrl, pid, adopted, stop: () => stopServer(pid, place.data) }
}

async function startOrAdopt(options: EmbeddedOptions, place: Place): Promise<Running & { adopted: boolean }> {
  const logged = sizeOf(place.log)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await findRunning(place)
    if (found) return { ...found, adopted: true }
    const launched = await launch(options, place)
    if (launched) return { ...launched, adopted: false }
  }
  throw new Error(`PostgreSQL did not start: ${lastWords(place.log, logged)}`)
}

/** Null when the server ended before it answered. */
async function launch(options: EmbeddedOptions, place: Place): Promise<Running | null> {
  const packaged = findNativeFolder(options.root)
  prepareNativeFolder(packaged)
  const native = reachablePrograms(packaged, versionOf(packaged), place.user)
  initialise(native, place)
  const port = options.port ?? (await freePort())
  const running = { pid: spawnServer(native, place, port, options.settings), port }
  return (await becomesReady(place, running)) ? running : null
}

function versionOf(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  return version
}

function spawnServer(native: string, place: Place, port: number, settings: EmbeddedOptions['settings']): number {
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '64MB',
    // No disk that turns: with the default of 4 whole tables are read where an index answers in a fiftieth of the time.
    random_page_cost: '1.1',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const log = openSync(place.log, 'a')
  // Detached, so that Ctrl-C on a terminal reaches the supervisor alone, which stops the server last.
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', place.data, ...flags], {
    ...asUser(place.user),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  // Without a listener the event would end the process before the error below is told.
  child.once('error', () => undefined)
  if (child.pid === undefined) throw new Error(`${join(native, 'bin', 'postgres')} cannot be run`)
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

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** What the server wrote since then, or the fatal part of it. */
function lastWords(log: string, since: number): string {
  const lines = readFileSync(log).subarray(since).toString('utf8').trim().split('\n')
  const fatal = lines.filter((line) => /FATAL|PANIC|HINT|DETAIL/.test(line))
  return (fatal.length > 0 ? fatal : lines).slice(-3).join('\n')
}

async function prepareDatabase(adminUrl: string, password: string): Promise<void> {
  const [made] = await askOnce<{ role: boolean; database: boolean }>(
    adminUrl,
    `select exists (select from pg_roles where rolname = '${DATABASE}') as role,
      exists (select from pg_database where datname = '${DATABASE}') as database`,
  )
  const role = `create role ${DATABASE} login createrole nosuperuser password '${password}'`
  if (!made?.role) await askOnce(adminUrl, role)
  if (!made?.database) await askOnce(adminUrl, `create database ${DATABASE} owner ${DATABASE}`)
}
