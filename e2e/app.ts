import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The real product, started as `npm start` does. */
export type App = {
  readonly url: string
  /** As the console shows it; empty once there is a user. */
  readonly setupCode: string
  readonly dataFolder: string
  /** Of the supervisor. */
  readonly pid: number
  /** Everything it said so far, stdout and stderr. */
  readonly said: () => string
  /** SIGTERM, and waits for its end; the data folder goes, too, unless it is to be used again. */
  readonly stop: (keep?: 'keep') => Promise<void>
}

type AppOptions = {
  /** That of an earlier one; by default a new, empty one. */
  readonly dataFolder?: string
  readonly port?: number
}

/** Starts it on a free port; resolves when it says that it is ready. */
export async function startApp(env: Readonly<Record<string, string>>, options: AppOptions = {}): Promise<App> {
  const dataFolder = options.dataFolder ?? makeDataFolder()
  const port = options.port ?? (await freePort())
  const child = spawnApp({ ...env, PORT: String(port), GLEANER_DATA_DIR: dataFolder })
  const said = await readUntil(child, /Gleaner is ready at/)
  return {
    url: `http://localhost:${port}`,
    setupCode: /set-up code: ([A-Z0-9-]+)/.exec(said())?.[1] ?? '',
    dataFolder,
    pid: child.pid ?? 0,
    said,
    stop: async (keep) => {
      await stopApp(child)
      if (!keep) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-e2e-'))
  // Root lends PostgreSQL to another user, who must be able to enter.
  chmodSync(folder, 0o711)
  return folder
}

/** One start, whatever becomes of it. */
export async function tryStart(env: Readonly<Record<string, string>>): Promise<{ code: number | null; said: string }> {
  const child = spawnApp(env)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => said.push(text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said: said.join('') }
}

/** `npx gleaner … --json` beside it, as its administrator does; answers what was printed. Throws where it fails. */
export async function runGleaner<Printed>({ dataFolder }: App, args: readonly string[]): Promise<Printed> {
  const env = { ...withoutSettings(), GLEANER_DATA_DIR: dataFolder }
  const command = ['scripts/gleaner.mjs', ...args, '--json']
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: ROOT, env })
  return JSON.parse(stdout)
}

function spawnApp(env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ['scripts/start.ts'], {
    cwd: ROOT,
    env: { ...withoutSettings(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Empty, not left out: neither the developer's shell nor their .env may reach the product. */
function withoutSettings(): NodeJS.ProcessEnv {
  const { NODE_ENV: _ours, ...rest } = process.env
  const keys = readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)
  const empty = Object.fromEntries([...keys].map(([, key]) => [key, '']))
  // Next's types want NODE_ENV to be there; the product decides it by itself.
  return { ...rest, ...empty } as NodeJS.ProcessEnv
}

type Children = { web?: number; worker?: number; postgres?: number }

/** The processes below a supervisor, by what they are. */
export function childrenOf({ pid }: App): Children {
  const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)])
    .toString()
    .trim()
    .split('\n')
  const found: Children = {}
  for (const line of lines) {
    const [, id, args = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? []
    if (/next-server|standalone\/server\.js/.test(args)) found.web = Number(id)
    if (/dist\/worker\.mjs/.test(args)) found.worker = Number(id)
    if (/bin\/postgres /.test(args)) found.postgres = Number(id)
  }
  return found
}

function readUntil(child: ChildProcess, wanted: RegExp): Promise<() => string> {
  let text = ''
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        if (wanted.test(text)) resolve(() => text)
      })
    }
    child.once('close', (code) => reject(new Error(`The product ended with ${code}:\n${text}`)))
  })
}

async function stopApp(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  await closed
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '0.0.0.0', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Its embedded database, for a test that lets hours pass: as the superuser, whom no policy stops. */
export function databaseUrl({ dataFolder }: App): string {
  const password = readFileSync(join(dataFolder, 'postgres-password'), 'utf8').trim()
  const port = readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
  return `postgres://postgres:${password}@127.0.0.1:${port}/gleaner`
}
