import { pino } from 'pino'
import { runAsJob } from '@/accounts/gate'
import { openDatabase } from '@/db/client'
import { commitBatch } from './commit-import'

// A process that does what the commit job does, in small batches, to be killed at any moment. It says when it begins.

const { TEST_URL = '', TEST_WORKSPACE = '', TEST_IMPORT = '' } = process.env
const SMALL = 50
const deps = {
  db: openDatabase({ url: TEST_URL, name: 'gleaner child' }),
  log: pino({ level: 'silent' }),
  clock: () => new Date(),
  send: async () => undefined,
}

process.stdout.write('begins\n')
const next = () => runAsJob(deps, TEST_WORKSPACE, 'import commit', (ctx) => commitBatch(ctx, TEST_IMPORT, SMALL))
while ((await next()).more);
process.exit(0)
