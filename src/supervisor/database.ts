import { join } from 'node:path'
import { checkRole } from '@/db/check-role'
import { type Database, openDatabase } from '@/db/client'
import { startEmbeddedServer } from '@/db/embedded/server'

export type OpenedDatabase = {
  readonly url: string
  /** For people: which one it is, without its password. */
  readonly name: string
  readonly stop: () => Promise<void>
}

/** The database that DATABASE_URL names, else PostgreSQL of our own in the data folder. */
export async function openOwnDatabase(root: string, data: string, url: string | undefined): Promise<OpenedDatabase> {
  if (url) return { url, name: new URL(url).host, stop: async () => undefined }
  const server = await startEmbeddedServer({ root, directory: data })
  const name = `in ${join(data, 'postgres')}${server.adopted ? ', adopted: it was still running' : ''}`
  return { url: server.url, name, stop: server.stop }
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
    await db.$client.end()
  }
}
