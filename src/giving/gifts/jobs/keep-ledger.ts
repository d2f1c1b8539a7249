import { asc, eq } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { workspaces } from '@/accounts/table'
import { withSystem } from '@/db/scope'
import { onCron } from '@/jobs/define'
import { extendPledges } from '../../pledges/extend-pledges'
import { checkLedger } from '../check-ledger'

/** Every night, in each workspace: instalments are written on, and what is kept of the ledger is compared with it. */
export const keepLedger = onCron<Deps>({ id: 'keep-ledger', cron: '23 2 * * *' }, async (deps, { step }) => {
  const ids = await step.run('workspaces', () => givingWorkspaces(deps))
  for (const id of ids) {
    await step.run(`extend ${id}`, () => runAsJob(deps, id, 'keep-ledger', extendPledges))
    await step.run(`check ${id}`, async () => {
      const { compared, drift } = await runAsJob(deps, id, 'keep-ledger', checkLedger)
      return { compared, drift }
    })
  }
})

function givingWorkspaces(deps: Deps): Promise<string[]> {
  return withSystem(deps.db, 'keep ledger', async (tx) => {
    const rows = await tx
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(eq(workspaces.giving, true))
      .orderBy(asc(workspaces.id))
    return rows.map(({ id }) => id)
  })
}
