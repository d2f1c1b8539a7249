import { spawn } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { ROOT } from './root.ts'
import { isFresh, removeStamp, stampSources, writeStamp } from './stamp.ts'

const WEB_STAMP = '.next/standalone/.stamp'
const PROGRAMS_STAMP = 'dist/.stamp'

/** What runs beside the web process, and where each begins. */
const PROGRAMS = {
  worker: 'src/worker.ts',
  cli: 'src/cli/main.ts',
}
const SUPERVISION = {
  leash: 'src/supervisor/leash.ts',
  supervisor: 'src/supervisor/main.ts',
}

/** Builds what is stale; says what it did. `signal` ends it. */
export async function ensureBuilt(signal?: AbortSignal): Promise<string> {
  const stamp = stampSources()
  const done = [await ensurePrograms(stamp), await ensureWeb(stamp, signal)].filter(Boolean)
  return done.length > 0 ? `made ${done.join(' and ')}` : 'up to date'
}

/** Worker and command line alone: a third of a second. */
export async function ensurePrograms(stamp = stampSources()): Promise<string> {
  if (isFresh(PROGRAMS_STAMP, stamp)) return ''
  removeStamp(PROGRAMS_STAMP)
  await bundle(PROGRAMS, 'production')
  await bundle(SUPERVISION)
  writeStamp(PROGRAMS_STAMP, stamp)
  return 'worker'
}

async function ensureWeb(stamp: string, signal?: AbortSignal): Promise<string> {
  if (isFresh(WEB_STAMP, stamp)) return ''
  removeStamp(WEB_STAMP)
  await runNextBuild(signal)
  copyBeside('.next/static', '.next/standalone/.next/static')
  copyBeside('public', '.next/standalone/public')
  writeStamp(WEB_STAMP, stamp)
  return 'web'
}

/** Next's standalone folder lacks what it expects a CDN to serve. */
function copyBeside(from: string, to: string): void {
  if (existsSync(join(ROOT, from))) cpSync(join(ROOT, from), join(ROOT, to), { recursive: true, force: true })
}

function runNextBuild(signal?: AbortSignal): Promise<void> {
  const args = [join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build']
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(process.execPath, args, { cwd: ROOT, env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`next build ended with ${code}:\n${Buffer.concat(said)}`))
    })
  })
}
