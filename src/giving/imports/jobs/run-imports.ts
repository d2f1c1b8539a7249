import { type Job, onCron, onEvent, type Run } from '@/jobs/define'
import { nudgeStanding } from '../nudge-standing'
import { type ImportDeps, type ImportRef, stopWork, workOn } from '../run-import'
import { sweepImports } from '../sweep-imports'
import type { Work } from '../upload-import'

/** Work of one kind, a step a piece: a crash costs one piece, and the row says where to go on. */
function workJob(work: Work): Job<ImportDeps> {
  return onEvent<ImportDeps, `import/${Work}.due`>(
    {
      id: `import-${work}`,
      event: `import/${work}.due`,
      concurrency: { limit: 1, key: 'event.data.workspaceId' },
      retries: 3,
    },
    (deps, run) => runAll(deps, run, work),
    (deps, { event, error }) => stopWork(deps, event.data as ImportRef, error),
  )
}

async function runAll(deps: ImportDeps, { event, step }: Run<ImportRef>, work: Work) {
  let pieces = 0
  for (let more = true; more; pieces++) {
    more = (await step.run(`piece-${pieces}`, () => workOn(deps, event.data, work))).more
  }
  return { pieces }
}

export const judgeImportDue = workJob('judge')
export const commitImportDue = workJob('commit')
export const undoImportDue = workJob('undo')

/** What stands still though there is work to do: its event was lost. */
export const nudgeImports = onCron<ImportDeps>(
  { id: 'nudge-imports', cron: '*/5 * * * *', concurrency: { limit: 1 }, retries: 1 },
  (deps, { step }) => step.run('nudge', () => nudgeStanding(deps)),
)

/** What was sent and never written. */
export const sweepOldImports = onCron<ImportDeps>(
  { id: 'sweep-imports', cron: '40 3 * * *', concurrency: { limit: 1 }, retries: 1 },
  (deps, { step }) => step.run('sweep', () => sweepImports(deps)),
)
