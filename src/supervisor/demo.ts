import { sql } from 'drizzle-orm'
import { closeDatabase, openDatabase } from '@/db/client'
import { ENV_KEYS } from '@/env'
import { createJobClient, createSender } from '@/jobs/client'
import { createLogger } from '@/observability/log'
import { withOwnDatabase } from './database'
import { type DemoWishes, furnishDemo } from './furnish-demo'
import { type StartOptions, start } from './start'

type DemoOptions = Pick<StartOptions, 'root' | 'build'> &
  DemoWishes & {
    /** What points the product at the simulated world. */
    readonly env: Readonly<Record<string, string>>
    /** Where the visitor sees the phone, the inbox and the market. */
    readonly phoneUrl: string
  }

/** Whom the visitor's own settings name must not hear of a demo. */
const KEPT = ['PORT', 'LOG_LEVEL']
/** A watch can be read by hand every 30 seconds: the visitor should not wait for the minute. */
const SCAN_MS = 31_000

/** `npm run demo`: the product in a simulated world, on a database of its own that begins empty each time. */
export async function demo(options: DemoOptions): Promise<void> {
  for (const key of ENV_KEYS) if (!KEPT.includes(key)) delete process.env[key]
  Object.assign(process.env, options.env, { GLEANER_DATA_DIR: '.data/demo' })
  const { root, build } = options
  await start({
    root,
    build,
    clear: (url) => withOwnDatabase(url, emptyDatabase),
    welcome: async ({ databaseUrl, settings }, console, cleanup) => {
      const db = openDatabase({ url: databaseUrl, max: 2, name: 'gleaner demo' })
      const log = createLogger('demo', 'warn')
      const send = createSender(createJobClient({ mode: 'embedded', db, env: {}, log }))
      const made = await console.step('Demo', () => furnishDemo({ db, log, send, clock: () => new Date() }, options))
      const timer = setInterval(() => made.scan().catch((error) => log.warn({ err: error }, 'scan')), SCAN_MS)
      cleanup.push(async () => {
        clearInterval(timer)
        await closeDatabase(db, 1)
      })
      console.box([
        `Gleaner               http://localhost:${settings.PORT}`,
        `  e-mail              ${made.email}`,
        `  password            ${made.password}`,
        `Phone, inbox, market  ${options.phoneUrl}`,
      ])
    },
  })
}

/** The world begins anew at each start, so that what was seen in the last one would make no sense. */
async function emptyDatabase(db: ReturnType<typeof openDatabase>): Promise<void> {
  const rows = await db.execute<{ name: string }>(sql`
    select nspname as name from pg_namespace
    where nspname = 'public' or (nspname !~ '^pg_' and nspname <> 'information_schema')`)
  for (const { name } of rows) await db.execute(sql`drop schema ${sql.identifier(name)} cascade`)
  await db.execute(sql`create schema public`)
}
