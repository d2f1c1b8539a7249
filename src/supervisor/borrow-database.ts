import { join, resolve } from 'node:path'
import { migrateDatabase } from '@/db/migrate'
import type { Env } from '@/env'
import { openOwnDatabase } from './database'
import { findHolder } from './lock'
import { lockFolder } from './lock-folder'

export type Borrowed = { readonly url: string; readonly giveBack: () => Promise<void> }

/**
 * For a program that is done in a moment: the database of the Gleaner that runs on this data folder, else the same one,
 * started, migrated and stopped again, under the lock, so that nobody starts Gleaner on it meanwhile.
 */
export async function borrowDatabase(root: string, settings: Env): Promise<Borrowed> {
  const data = resolve(root, settings.GLEANER_DATA_DIR)
  const runs = findHolder(join(data, 'gleaner.pid')) !== null
  if (runs || settings.DATABASE_URL) return borrowRunning(root, data, settings)
  const release = lockFolder(data, settings)
  const database = await openOwnDatabase({ root, data })
  await migrateDatabase(database.url, join(root, 'drizzle'))
  return {
    url: database.url,
    giveBack: async () => {
      await database.stop()
      release()
    },
  }
}

async function borrowRunning(root: string, data: string, settings: Env): Promise<Borrowed> {
  const { url } = await openOwnDatabase({ root, data, url: settings.DATABASE_URL })
  return { url, giveBack: async () => undefined }
}
