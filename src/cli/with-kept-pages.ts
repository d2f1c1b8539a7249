import { resolve } from 'node:path'
import type { Deps } from '@/accounts/context'
import { openStorage } from '@/storage/open-storage'
import type { Storage } from '@/storage/storage'
import { readSettings } from '@/supervisor/prepare'
import { ROOT, withDeps } from './with-deps'

/** Runs `work` on the database and the storage that `npm start` uses. */
export function withKeptPages<T>(
  work: (deps: Pick<Deps, 'db' | 'clock'> & { storage: Storage }) => Promise<T>,
): Promise<T> {
  const settings = readSettings(ROOT)
  const GLEANER_DATA_DIR = resolve(ROOT, settings.GLEANER_DATA_DIR)
  const storage = openStorage({ ...settings, GLEANER_DATA_DIR })
  return withDeps(({ db, clock }) => work({ db, clock, storage }))
}
