import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The real product, started as `npm start` does. */
export type App = {
  readonly url: string
  /** As the console shows it. */
  readonly setupCode: string
  readonly dataFolder: string
  /** Everything it said so far, stdout and stderr. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

/** Starts it on a free port with an empty data folder; resolves when it says that it is ready. */
export async function startApp(env: Readonly<Record<string, string>>): Promise<App> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'gleaner-e2e-'))
  // Root lends PostgreSQL to another user, who must be able to enter.
  chmodSync(dataFolder, 0o711)
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: ROOT,
    env: { ...cleanEnv(), ...env, PORT: String(port), GLEANER_DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = await readUntil(child, /Gleaner is ready at/)
  return {
    url: `http://localhost:${port}`,
    setupCode: /set-up code: ([A-Z0-9-]+)/.exec(said())?.[1] ?? '',
    dataFolder,
    said,
    stop: () => stopApp(child, dataFolder),
  }
}

/** What the developer's own shell or the test runner set must not reach the product. */
function cleanEnv(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, DATABASE_URL: __, APP_URL: ___, ...rest } = process.env
  return rest as NodeJS.ProcessEnv
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

async function stopApp(child: ChildProcess, dataFolder: string): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve))
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await closed
  }
  rmSync(dataFolder, { recursive: true, force: true })
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
