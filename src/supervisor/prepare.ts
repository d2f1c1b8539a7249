import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { migrateDatabase } from '@/db/migrate'
import { type Env, readEnv } from '@/env'
import { type Cleanup, StartRefused } from './cleanup'
import type { Console } from './console'
import { checkRoleOf, openOwnDatabase } from './database'
import { lockFolder } from './lock-folder'
import { isPortFree } from './port'
import { keepSecrets, type Secrets } from './secrets'

export type Prepared = {
  readonly settings: Env
  readonly databaseUrl: string
  readonly secrets: Secrets
  /** The environment of the processes below: ours, with what was made here. */
  readonly env: NodeJS.ProcessEnv
}

type PrepareOptions = {
  readonly root: string
  /** What to do with the database before the migrations. Named by the demo alone, which begins anew each time. */
  readonly clear?: (databaseUrl: string) => Promise<void>
  /** The processes below run as in production. */
  readonly production?: boolean
}

/** Everything that must stand before a process can work: lock, port, secrets, database, migrations, role. */
export async function prepare(options: PrepareOptions, console: Console, cleanup: Cleanup): Promise<Prepared> {
  const { root, clear, production } = options
  const settings = clear ? readEnv(process.env) : readSettings(root)
  // What the processes below would refuse is refused before anything is made for them.
  if (production) readEnv({ ...process.env, NODE_ENV: 'production' })
  const data = resolve(root, settings.GLEANER_DATA_DIR)
  await console.step(
    'Data folder',
    () => void cleanup.push(lockFolder(data, settings)),
    () => data,
  )
  if (settings.GLEANER_PROCESS !== 'worker') await refuseTakenPort(settings.PORT)
  const secrets = await console.step('Secrets', () => keepSecrets(join(data, 'secrets.json'), process.env))
  const database = await console.step(
    'PostgreSQL',
    () => openOwnDatabase({ root, data, url: settings.DATABASE_URL, warn: console.warn }),
    ({ name }) => name,
  )
  cleanup.push(database.stop)
  await console.step('Database role', () => checkRoleOf(database.url))
  await clear?.(database.url)
  await console.step('Migrations', () => migrate(database.url, root))
  const paths = { GLEANER_DATA_DIR: data, PORT: String(settings.PORT), DATABASE_URL: database.url }
  return { settings, databaseUrl: database.url, secrets, env: { ...process.env, ...secrets, ...paths } }
}

/** The role is asked again afterwards: a server may be set to let whoever makes a role inherit it. */
async function migrate(databaseUrl: string, root: string): Promise<void> {
  await migrateDatabase(databaseUrl, join(root, 'drizzle'))
  await checkRoleOf(databaseUrl)
}

/** `.env` fills in what the environment does not say. */
export function readSettings(root: string): Env {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return readEnv(process.env)
}

async function refuseTakenPort(port: number): Promise<void> {
  if (await isPortFree(port)) return
  throw new StartRefused(
    `Port ${port} is used by another program. Stop it, or choose another port: PORT=3001 npm start`,
  )
}
