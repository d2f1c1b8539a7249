import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { migrateDatabase } from '@/db/migrate'
import { type Env, readEnv } from '@/env'
import { type Cleanup, StartRefused } from './cleanup'
import type { Console } from './console'
import { checkRoleOf, openOwnDatabase } from './database'
import { takeLock } from './lock'
import { isPortFree } from './port'
import { keepSecrets } from './secrets'

export type Prepared = {
  readonly settings: Env
  readonly databaseUrl: string
  /** The environment of the processes below: ours, with what was made here. */
  readonly env: NodeJS.ProcessEnv
}

/** Everything that must stand before a process can work: lock, port, secrets, database, migrations, role. */
export async function prepare(root: string, console: Console, cleanup: Cleanup): Promise<Prepared> {
  const settings = readSettings(root)
  const data = resolve(root, settings.GLEANER_DATA_DIR)
  await console.step(
    'Data folder',
    () => lockFolder(data, settings, cleanup),
    () => data,
  )
  if (settings.GLEANER_PROCESS !== 'worker') await refuseTakenPort(settings.PORT)
  const secrets = await console.step('Secrets', () => keepSecrets(join(data, 'secrets.json'), process.env))
  const database = await console.step(
    'PostgreSQL',
    () => openOwnDatabase(root, data, settings.DATABASE_URL),
    ({ name }) => name,
  )
  cleanup.push(database.stop)
  await console.step('Migrations', () => migrateDatabase(database.url, join(root, 'drizzle')))
  await console.step('Database role', () => checkRoleOf(database.url))
  const paths = { GLEANER_DATA_DIR: data, PORT: String(settings.PORT), DATABASE_URL: database.url }
  return { settings, databaseUrl: database.url, env: { ...process.env, ...secrets, ...paths } }
}

/** `.env` fills in what the environment does not say. */
function readSettings(root: string): Env {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return readEnv(process.env)
}

/** One web and one worker may share a folder when the database is not in it. */
function lockFolder(data: string, settings: Env, cleanup: Cleanup): void {
  // Root lends PostgreSQL to a user that must be able to pass; nobody else needs to look in.
  mkdirSync(data, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const alone = !settings.DATABASE_URL || settings.GLEANER_PROCESS === 'both'
  cleanup.push(takeLock(join(data, alone ? 'gleaner.pid' : `gleaner-${settings.GLEANER_PROCESS}.pid`)))
}

async function refuseTakenPort(port: number): Promise<void> {
  if (await isPortFree(port)) return
  throw new StartRefused(
    `Port ${port} is used by another program. Stop it, or choose another port: PORT=3001 npm start`,
  )
}
