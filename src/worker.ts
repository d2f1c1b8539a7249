import '@/supervisor/leash'
import { openDatabase } from '@/db/client'
import { orExit, readRuntimeEnv } from '@/env'
import { createLogger } from '@/observability/log'

const env = orExit(() => readRuntimeEnv(process.env))
const log = createLogger('worker', env.LOG_LEVEL)
const db = openDatabase({ url: env.DATABASE_URL, max: env.DATABASE_POOL_MAX, name: 'gleaner worker' })
/** What runs here, each with its way to stop; in the order of their start. */
const running: (() => Promise<void>)[] = [async () => db.$client.end({ timeout: 2 })]

let ending = false
async function end(signal: string): Promise<void> {
  // Ctrl-C reaches the whole group, and the supervisor sends SIGTERM besides.
  if (ending) return
  ending = true
  log.info({ signal }, 'stopping')
  for (const stop of running.reverse()) await stop()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal))

await db.$client`select 1`
log.info('ready')
process.send?.('ready')
