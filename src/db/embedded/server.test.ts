import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { askOnce } from '../ask-once'
import { type EmbeddedServer, startEmbeddedServer } from './server'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SETTINGS = { fsync: 'off', shared_buffers: '16MB', max_connections: '20' }
const isRoot = process.getuid?.() === 0

const folders: string[] = []
const started = new Map<number, EmbeddedServer>()

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner embedded-'))
  // Root lends the server to another user, who must be able to enter.
  chmodSync(folder, 0o711)
  folders.push(folder)
  return folder
}

async function start(directory: string): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ root: ROOT, directory, settings: SETTINGS })
  started.set(server.pid, server)
  return server
}

const read = (server: EmbeddedServer) => askOnce(server.url, 'select word from kept')
const KEPT = [{ word: 'lamp' }]

afterAll(async () => {
  for (const server of started.values()) await server.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** One cluster for the whole story of stops and crashes: making one takes most of the time. */
const home = newFolder()
const pidFile = join(home, 'postgres', 'postmaster.pid')

/** A process that has nothing to do with PostgreSQL but may look like it: of the same user, and still alive. */
async function withStranger(work: (pid: number) => Promise<void>): Promise<void> {
  const user = isRoot ? ownerOfData() : {}
  const stranger = spawn('sleep', ['60'], { ...user, cwd: '/', stdio: 'ignore' })
  try {
    await work(stranger.pid ?? 0)
  } finally {
    stranger.kill('SIGKILL')
  }
}

function ownerOfData(): { uid: number; gid: number } {
  const { uid, gid } = statSync(join(home, 'postgres'))
  return { uid, gid }
}

const BUNDLE = join(home, 'parent.cjs')

/** A process that starts the server and then does nothing: what a killed supervisor was. */
async function startInChild(directory: string): Promise<{ parent: ChildProcess; pid: number }> {
  const code = `import { startEmbeddedServer } from './src/db/embedded/server'
    startEmbeddedServer(${JSON.stringify({ root: ROOT, directory, settings: SETTINGS })}).then(({ pid }) => {
      console.log(pid)
      setInterval(() => undefined, 1000)
    })`
  const stdin = { contents: code, resolveDir: ROOT, loader: 'ts' as const }
  await build({ stdin, bundle: true, platform: 'node', format: 'cjs', outfile: BUNDLE })
  const parent = spawn(process.execPath, [BUNDLE], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [pid] = await Promise.race([once(parent.stdout, 'data'), once(parent, 'exit').then(() => [''])])
  return { parent, pid: Number(pid) }
}

/** A user whom the system does not know by name, as in a container. */
const SOMEBODY = 54_321

function filesUnder(folder: string): readonly string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]
}

function changeOwner(folder: string, owner: number): void {
  for (const file of filesUnder(folder)) chownSync(file, owner, owner)
}

function ownersOf(folder: string): readonly number[] {
  return [...new Set(filesUnder(folder).map((file) => statSync(file).uid))]
}

describe('the embedded server', () => {
  it('keeps its data over a stop, and its application is no superuser', async () => {
    const first = await start(home)
    expect(first.adopted).toBe(false)
    await askOnce(first.url, `create table kept (word text); insert into kept values ('lamp')`)
    const [role] = await askOnce(first.url, 'select rolsuper, rolbypassrls from pg_roles where rolname = current_user')
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false })
    await first.stop()
    await expect(read(first)).rejects.toThrow()
    const second = await start(home)
    expect(await read(second)).toEqual(KEPT)
    expect(second.pid).not.toBe(first.pid)
    await second.stop()
    await second.stop()
  })

  it('is adopted when its parent was killed with -9, and stopped by whoever adopted it', async () => {
    const { parent, pid } = await startInChild(home)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    const server = await start(home)
    expect({ pid: server.pid, adopted: server.adopted }).toEqual({ pid, adopted: true })
    expect(await read(server)).toEqual(KEPT)
    await server.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  it('after its own kill -9 it recovers, and the process that has its pid now is left alone', async () => {
    const server = await start(home)
    const left = readFileSync(pidFile, 'utf8')
    process.kill(server.pid, 'SIGKILL')
    await withStranger(async (stranger) => {
      writeFileSync(pidFile, left.replace(/^\d+/, String(stranger)))
      const next = await start(home)
      expect({ adopted: next.adopted, pid: next.pid === stranger }).toEqual({ adopted: false, pid: false })
      expect(await read(next)).toEqual(KEPT)
      await next.stop()
      expect(process.kill(stranger, 0)).toBe(true)
    })
  })

  it('two starts at one moment end in one server', async () => {
    const servers = await Promise.all([start(home), start(home)])
    expect(new Set(servers.map((server) => server.pid)).size).toBe(1)
    expect(await read(servers[0])).toEqual(KEPT)
    await servers[0].stop()
  })

  it('another password than the kept one is told at once, not waited for', async () => {
    const server = await start(home)
    const file = join(home, 'postgres-password')
    const password = readFileSync(file, 'utf8')
    writeFileSync(file, 'mislaid')
    await expect(start(home)).rejects.toThrow(/postgres-password/)
    writeFileSync(file, password)
    await server.stop()
  })

  it('settings that PostgreSQL refuses end the start at once, with its own words', async () => {
    const settings = { ...SETTINGS, shared_buffers: 'plenty' }
    const refused = startEmbeddedServer({ root: ROOT, directory: home, settings })
    await expect(refused).rejects.toThrow('invalid value for parameter "shared_buffers"')
  })
})

describe('a first start', () => {
  it('that was interrupted is begun anew, whatever it left behind', async () => {
    const folder = newFolder()
    for (const half of ['postgres', 'postgres-new-1234']) {
      mkdirSync(join(folder, half, 'base'), { recursive: true })
      writeFileSync(join(folder, half, 'postgresql.conf'), 'port = 1')
    }
    // initdb writes this file first of all, so that it proves nothing in a folder that has not its final name.
    writeFileSync(join(folder, 'postgres-new-1234', 'PG_VERSION'), '18\n')
    writeFileSync(join(folder, 'postgres-password'), '')
    const server = await start(folder)
    expect(await askOnce(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log'])
  })

  it('never clears away a database that has lost its version file', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'postgres', 'global'), { recursive: true })
    writeFileSync(join(folder, 'postgres', 'global', 'pg_control'), 'years of work')
    await expect(start(folder)).rejects.toThrow(/PG_VERSION/)
    expect(readFileSync(join(folder, 'postgres', 'global', 'pg_control'), 'utf8')).toBe('years of work')
  })

  it('in a folder that cannot be written says so, with the folder and what to do', async () => {
    const folder = newFolder()
    // Root, whom no mode stops, is stopped by a file in the way.
    const locked = join(folder, isRoot ? 'file/data' : 'locked')
    if (isRoot) writeFileSync(join(folder, 'file'), '')
    else mkdirSync(locked, { mode: 0o500 })
    await expect(start(locked)).rejects.toThrow(`${locked} cannot be used`)
    await expect(start(locked)).rejects.toThrow('GLEANER_DATA_DIR')
  })
})

describe.runIf(isRoot)('started by root', () => {
  it('a database that an ordinary user made stays that user’s', async () => {
    changeOwner(join(home, 'postgres'), SOMEBODY)
    const server = await start(home)
    expect(await read(server)).toEqual(KEPT)
    await server.stop()
    expect(ownersOf(join(home, 'postgres'))).toEqual([SOMEBODY])
  })
})
