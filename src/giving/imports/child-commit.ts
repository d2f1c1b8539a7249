import { pino } from 'pino'
import { runAsJob } from '@/accounts/gate'
import { openDatabase } from '@/db/client'
import { commitBatch } from './commit-import'

// A process that does what the commit job does, in small batches, to be killed at any moment. It says when one is written.

const { TEST_URL = '', TEST_WORKSPACE = '', TEST_IMPORT = '' } = process.env
const SMALL = 10
const deps = {
  db: openDatabase({ url: TEST_URL, name: 'gleaner child' }),
  log: pino({ level: 'silent' }),
  clock: () => new Date(),
  send: async () => undefined,
}

const next = () => runAsJob(deps, TEST_WORKSPACE, 'import commit', (ctx) => commitBatch(ctx, TEST_IMPORT, SMALL))
const first = await next()
process.stdout.write('written\n')
if (first.more) while ((await next()).more);
process.exit(0)
