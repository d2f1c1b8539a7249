import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askOnce } from '@/db/ask-once'
import { checkRole } from '@/db/check-role'
import { closeDatabase, type Database, openDatabase } from '@/db/client'
import { isAlive } from '@/db/embedded/running'
import { startEmbeddedServer } from '@/db/embedded/server'
import { StartRefused } from './cleanup'
import { keepServer } from './keep-server'

const WAIT_SECONDS = 30

export type OpenedDatabase = {
  readonly url: string
  /** For people: which one it is, without its password. */
  readonly name: string
  readonly stop: () => Promise<void>
}

type Wanted = {
  readonly root: string
  readonly data: string
  readonly url?: string | undefined
  /** Named by those who stay: a server of our own that ends by itself is then told and started again. */
  readonly warn?: (text: string) => void
}

/** The database that DATABASE_URL names, else PostgreSQL of our own in the data folder. */
export async function openOwnDatabase({ root, data, url, warn }: Wanted): Promise<OpenedDatabase> {
  if (url) return openNamed(url)
  const server = await startEmbeddedServer({ root, directory: data })
  const name = `in ${join(data, 'postgres')}${server.adopted ? ', adopted: it was still running' : ''}`
  const startAgain = (port: number) => startEmbeddedServer({ root, directory: data, port })
  const stop = warn ? keepServer(server, { isAlive: ({ pid }) => isAlive(pid), startAgain, warn }) : server.stop
  return { url: server.url, name, stop }
}

async function openNamed(url: string): Promise<OpenedDatabase> {
  const { host } = new URL(url)
  const trouble = await untilAnswers(url)
  if (trouble) throw new StartRefused(`The database that DATABASE_URL names (${host}) cannot be used: ${trouble}`)
  return { url, name: host, stop: async () => undefined }
}

/** Null once it has answered. One that is still starting, as after a reboot of the machine, is waited for. */
async function untilAnswers(url: string): Promise<string | null> {
  for (let left = WAIT_SECONDS; ; left -= 1) {
    const error = await ask(url)
    if (!error || left === 0 || !isStarting(error)) return error && `${error.code}: ${error.message}`
    await sleep(1000)
  }
}

type AskError = { readonly code: string; readonly message: string }

async function ask(url: string): Promise<AskError | null> {
  try {
    await askOnce(url, 'select 1')
    return null
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { code: code ?? 'unknown', message }
  }
}

/** Nobody listens yet, or PostgreSQL says so itself (57P03). A wrong password or name stays wrong. */
function isStarting({ code }: AskError): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CONNECT_TIMEOUT', '57P03'].includes(code)
}

/** Throws when the walls between workspaces would not hold for this role. */
export async function checkRoleOf(url: string): Promise<void> {
  await withOwnDatabase(url, checkRole)
}

/** One connection for as long as `work` takes. */
export async function withOwnDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase({ url, max: 1, name: 'gleaner start' })
  try {
    return await work(db)
  } finally {
    await closeDatabase(db)
  }
}
