import { join, resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import { checkRole } from '@/db/check-role'
import type { Env } from '@/env'
import { findHolder } from '@/supervisor/lock'
import { readSettings } from '@/supervisor/prepare'
import type { Command } from '../command'
import { ROOT, withDeps } from '../with-deps'

type Check = { readonly name: string; readonly ok: boolean; readonly detail: string }

/** `gleaner doctor`: each part on its own, so that the first that is ill does not hide the others. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'Check settings, database and running processes; exit code 1 when something is wrong.',
  usage: '',
  help: [],
  options: {},
  words: 0,
  run: async () => {
    const settings = readSettings(ROOT)
    const checks = [await check('node', nodeVersion), ...(await checkDatabase()), ...(await checkRunning(settings))]
    const text = checks.map(({ name, ok, detail }) => `${ok ? 'ok  ' : 'BAD '} ${name.padEnd(12)} ${detail}`).join('\n')
    return { json: { ok: checks.every(({ ok }) => ok), checks }, text, exitCode: checks.every(({ ok }) => ok) ? 0 : 1 }
  },
}

async function check(name: string, look: () => Promise<string> | string): Promise<Check> {
  try {
    return { name, ok: true, detail: await look() }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

function nodeVersion(): string {
  return process.version
}

async function checkDatabase(): Promise<readonly Check[]> {
  const reached = await check('database', () =>
    withDeps(async ({ db }) => versionOf(await db.execute(sql`show server_version`))),
  )
  if (!reached.ok) return [reached]
  return [
    reached,
    await check('role', () => withDeps(async ({ db }) => checkRole(db).then(() => 'keeps workspaces apart'))),
  ]
}

function versionOf(rows: readonly Record<string, unknown>[]): string {
  return `PostgreSQL ${rows[0]?.server_version}`
}

/** A web and a worker that share a data folder each hold a lock of their own. */
const LOCKS = [
  ['running', 'gleaner.pid'],
  ['web', 'gleaner-web.pid'],
  ['worker', 'gleaner-worker.pid'],
] as const

async function checkRunning(settings: Env): Promise<readonly Check[]> {
  const data = resolve(ROOT, settings.GLEANER_DATA_DIR)
  const found = LOCKS.flatMap(([name, file]) => {
    const holder = findHolder(join(data, file))
    return holder ? [{ name, holder }] : []
  })
  if (found.length === 0) return [{ name: 'running', ok: true, detail: 'no; npm start starts it' }]
  const running = found.map(({ name, holder }) => ({ name, ok: true, detail: `process ${holder.pid}` }))
  // A worker by itself has no pages, and so none of health.
  const pages = found.find(({ name }) => name !== 'worker')
  if (!pages) return running
  return [...running, await check('health', () => askHealth(pages.holder.port ?? settings.PORT))]
}

async function askHealth(port: number): Promise<string> {
  const url = `http://127.0.0.1:${port}/api/health`
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch((error) => {
    throw new Error(`${url} does not answer (${reasonOf(error)})`, { cause: error })
  })
  const said = (await response.text()).slice(0, 500)
  if (!response.ok) throw new Error(`${url} answers ${response.status} ${said}`)
  return `${stateIn(said)}${said}`
}

/** What people notice is said first; the check is well all the same, as it is for whoever watches the port. */
function stateIn(said: string): string {
  return /"state":"degraded"/.test(said) ? 'degraded: ' : ''
}

/** fetch says "fetch failed", and why in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
