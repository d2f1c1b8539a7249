import { asc, eq, getTableColumns, inArray, or } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { jobRuns, jobSteps, jobWaits } from './engine/table'
import { holdOf, nameIn } from './list-runs'
import { showError, showJson } from './show-json'

/** Steps that a page shows of one run: a loop of thousands is cut, and says so. */
const MOST_STEPS = 500

/** One run with everything that is known of it. Throws `not_found`. */
export async function readRun(db: Database, id: string) {
  const [run] = await db.select().from(jobRuns).where(eq(jobRuns.id, id))
  if (!run) throw new AppError('not_found', `no run ${id}`, { reason: 'jobs.noRun' })
  const [steps, waits, kin] = await Promise.all([readSteps(db, id), readWaits(db, id), readKin(db, run)])
  const shown = steps.slice(0, MOST_STEPS)
  return {
    ...toShown(run),
    state: isWaiting(run, steps) ? ('waiting' as const) : run.state,
    steps: shown.map((step) => toStep(step, waits, kin)),
    stepsCut: steps.length > MOST_STEPS,
    cancelledBy: waits.filter(({ key }) => key.startsWith('cancel/')).map(({ event }) => event),
    parent: kin.find((one) => one.id === run.parentRunId) ?? null,
    retryOf: kin.find((one) => one.id === run.retryOf) ?? null,
    repeats: kin.filter((one) => one.retryOf === run.id),
  }
}

export type ReadRun = Awaited<ReturnType<typeof readRun>>

type Run = typeof jobRuns.$inferSelect

/** Parked like a sleep, until the wait is over. */
function isWaiting(run: Run, steps: readonly Step[]): boolean {
  return run.state === 'sleeping' && steps.some(({ state }) => state === 'waiting')
}

function toShown(run: Run) {
  return {
    id: run.id,
    functionId: run.functionId,
    reason: run.reason,
    attempt: run.attempt,
    takeovers: run.takeovers,
    hold: holdOf(run),
    eventId: run.eventId,
    eventName: nameIn(run.event),
    event: showJson(run.event),
    output: showJson(run.output),
    error: showError(run.error),
    dueAt: isoOf(run.dueAt),
    createdAt: run.createdAt.toISOString(),
    startedAt: isoOf(run.startedAt),
    finishedAt: isoOf(run.finishedAt),
  }
}

function isoOf(date: Date | null): string | null {
  return date?.toISOString() ?? null
}

const { data, error, ...facts } = getTableColumns(jobSteps)

function readSteps(db: Database, runId: string) {
  return db
    .select({ ...facts, data, error })
    .from(jobSteps)
    .where(eq(jobSteps.runId, runId))
    .orderBy(asc(jobSteps.createdAt), asc(jobSteps.position))
    .limit(MOST_STEPS + 1)
}

type Step = Awaited<ReturnType<typeof readSteps>>[number]

function readWaits(db: Database, runId: string) {
  return db.select().from(jobWaits).where(eq(jobWaits.runId, runId))
}

type Wait = Awaited<ReturnType<typeof readWaits>>[number]

/** The run that invoked it, those that it invoked, the one that it repeats, and those that repeat it. */
function readKin(db: Database, { id, parentRunId, retryOf }: Run) {
  const named = [parentRunId, retryOf].filter((one) => one !== null)
  const { functionId, state, parentHash } = jobRuns
  return db
    .select({
      id: jobRuns.id,
      functionId,
      state,
      parentHash,
      parentRunId: jobRuns.parentRunId,
      retryOf: jobRuns.retryOf,
    })
    .from(jobRuns)
    .where(or(eq(jobRuns.parentRunId, id), eq(jobRuns.retryOf, id), inArray(jobRuns.id, named)))
    .limit(MOST_STEPS)
}

type Kin = Awaited<ReturnType<typeof readKin>>[number]

function toStep(step: Step, waits: readonly Wait[], kin: readonly Kin[]) {
  const child = kin.find(({ parentRunId, parentHash }) => parentRunId === step.runId && parentHash === step.hash)
  return {
    hash: step.hash,
    name: step.name,
    op: step.op,
    state: step.state,
    attempt: step.attempt,
    durationMs: step.durationMs,
    dueAt: isoOf(step.dueAt),
    createdAt: step.createdAt.toISOString(),
    finishedAt: isoOf(step.finishedAt),
    output: showJson(step.data),
    error: showError(step.error),
    /** The event that it waits for. */
    awaits: waits.find(({ key }) => key === step.hash)?.event ?? null,
    child: child ? { id: child.id, functionId: child.functionId, state: child.state } : null,
  }
}
