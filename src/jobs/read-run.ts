import { asc, eq, getTableColumns, inArray, or } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import { jobEvents, jobFailedTries, jobRuns, jobSteps, jobWaits } from './engine/table'
import { holdOf } from './list-runs'
import { type NameRequester, nameRequesters } from './name-requesters'
import { beginning, nameIn } from './read-beginning'
import { showError, showJson } from './show-json'

/** Steps that a page shows of one run: a loop of thousands is cut, and says so. */
const MOST_STEPS = 500
/** Failed tries that are shown: the first ones. */
const MOST_TRIES = 200
/** Characters that are shown of a payload, and of a step's, of which there are many; `readWhole` has all of one. */
const MOST = 4000
const MOST_OF_STEP = 1000
const MOST_OF_ERROR = 10_000

/** One run with what a page shows of it: of what is long, the beginning. Throws `not_found`. */
export async function readRun(db: Database, id: string) {
  const [run] = await selectRun(db, id)
  if (!run) throw new AppError('not_found', `no run ${id}`, { reason: 'jobs.noRun' })
  const [steps, tries, waits, kin, nameOf] = await Promise.all([
    readSteps(db, id),
    readTries(db, id),
    readWaits(db, id),
    readKin(db, run),
    nameRequesters(db, [run.requestedBy, run.cancelledBy]),
  ])
  const shown = steps.slice(0, MOST_STEPS)
  return {
    ...toShown(run, nameOf),
    state: isWaiting(run, steps) ? ('waiting' as const) : run.state,
    steps: shown.map((step) => ({ ...toStep(step, waits, kin), tries: earlierTries(tries, step) })),
    tries: earlierTries(tries, { hash: '', attempt: run.attempt, error: run.error }),
    stepsCut: steps.length > MOST_STEPS,
    cancelledBy: waits.filter(({ key }) => key.startsWith('cancel/')).map(({ event }) => event),
    parent: kin.find((one) => one.id === run.parentRunId) ?? null,
    retryOf: kin.find((one) => one.id === run.retryOf) ?? null,
    repeats: kin.filter((one) => one.retryOf === run.id),
  }
}

export type ReadRun = Awaited<ReturnType<typeof readRun>>

const { event, output, error, ...facts } = getTableColumns(jobRuns)

function selectRun(db: Database, id: string) {
  return db
    .select({
      ...facts,
      event: beginning<string>(event, MOST),
      eventName: jobEvents.name,
      output: beginning<string | null>(output, MOST),
      error: beginning<string | null>(error, MOST_OF_ERROR),
    })
    .from(jobRuns)
    .leftJoin(jobEvents, eq(jobEvents.id, jobRuns.eventId))
    .where(eq(jobRuns.id, id))
}

type Run = Awaited<ReturnType<typeof selectRun>>[number]

/** Parked like a sleep, until the wait is over. */
function isWaiting(run: Run, steps: readonly Step[]): boolean {
  return run.state === 'sleeping' && steps.some(({ state }) => state === 'waiting')
}

function toShown(run: Run, nameOf: NameRequester) {
  return {
    id: run.id,
    functionId: run.functionId,
    reason: run.reason,
    attempt: run.attempt,
    takeovers: run.takeovers,
    hold: holdOf(run),
    requestedBy: nameOf(run.requestedBy),
    stoppedBy: nameOf(run.cancelledBy),
    eventId: run.eventId,
    eventName: run.eventName ?? nameIn(run.event),
    event: showJson(run.event, MOST),
    output: showJson(run.output, MOST),
    error: showError(run.error, MOST_OF_ERROR),
    dueAt: isoOf(run.dueAt),
    createdAt: run.createdAt.toISOString(),
    startedAt: isoOf(run.startedAt),
    finishedAt: isoOf(run.finishedAt),
  }
}

function isoOf(date: Date | null): string | null {
  return date?.toISOString() ?? null
}

function readSteps(db: Database, runId: string) {
  return db
    .select({
      ...getTableColumns(jobSteps),
      data: beginning<string | null>(jobSteps.data, MOST_OF_STEP),
      error: beginning<string | null>(jobSteps.error, MOST_OF_ERROR),
    })
    .from(jobSteps)
    .where(eq(jobSteps.runId, runId))
    .orderBy(asc(jobSteps.createdAt), asc(jobSteps.position))
    .limit(MOST_STEPS + 1)
}

function readTries(db: Database, runId: string) {
  return db
    .select({ ...getTableColumns(jobFailedTries), error: beginning<string>(jobFailedTries.error, MOST_OF_ERROR) })
    .from(jobFailedTries)
    .where(eq(jobFailedTries.runId, runId))
    .orderBy(asc(jobFailedTries.failedAt))
    .limit(MOST_TRIES)
}

type Tried = Pick<Step, 'hash' | 'attempt' | 'error'>

/** What went wrong before the error that is shown as its own. */
function earlierTries(tries: Awaited<ReturnType<typeof readTries>>, { hash, attempt, error }: Tried) {
  return tries
    .filter((one) => one.hash === hash && !(one.attempt === attempt && one.error === error))
    .map((one) => ({
      attempt: one.attempt,
      failedAt: one.failedAt.toISOString(),
      error: showError(one.error, MOST_OF_ERROR),
    }))
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
    output: showJson(step.data, MOST_OF_STEP),
    error: showError(step.error, MOST_OF_ERROR),
    /** The event that it waits for. */
    awaits: waits.find(({ key }) => key === step.hash)?.event ?? null,
    child: child ? { id: child.id, functionId: child.functionId, state: child.state } : null,
  }
}
