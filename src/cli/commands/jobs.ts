import { setTimeout as sleep } from 'node:timers/promises'
import { cancelRun } from '@/jobs/cancel-run'
import { type ListedRun, listRuns } from '@/jobs/list-runs'
import { engineHealth } from '@/jobs/queries'
import { type ReadRun, readRun } from '@/jobs/read-run'
import { readWhole } from '@/jobs/read-whole'
import { retryRun } from '@/jobs/retry-run'
import { hasEnded, RUN_STATES } from '@/jobs/rules-states'
import { runNow } from '@/jobs/run-now'
import { runFilterSchema, runNowSchema } from '@/jobs/schema'
import { AppError } from '@/kernel/app-error'
import { type Answer, type Command, optional, UsageError, type Values } from '../command'
import { readRunId } from '../read-run-id'
import { type CommandDeps, withDeps } from '../with-deps'

const BY = 'command line'
const WAIT_OPTIONS = { 'no-wait': { type: 'boolean' }, timeout: { type: 'string' } } as const
const WAIT_HELP = [
  '--no-wait        leave it to the worker, and print the id of the run',
  '--timeout N      seconds to wait for its end; 300, if left out',
]

/** `gleaner jobs list`: the runs of the embedded engine, newest first. */
export const listJobs: Command = {
  name: 'jobs list',
  summary: 'List runs of background jobs, newest first.',
  usage: '[--state STATE] [--function NAME] [--limit 20]',
  help: [`--state S        ${RUN_STATES.join(', ')}`, '--function F     of one function', '--limit N        1 to 100'],
  options: { state: { type: 'string' }, function: { type: 'string' }, limit: { type: 'string' } },
  words: 0,
  run: (values) =>
    withDeps(async ({ db }) => {
      const [id, limit] = [optional(values, 'function'), optional(values, 'limit') ?? '20']
      const filter = { state: optional(values, 'state'), function: id && wholeId(id), limit }
      const { runs } = await listRuns(db, runFilterSchema.parse(filter))
      return { json: runs, text: runs.map(describeRun).join('\n') || 'There is no such run.' }
    }),
}

/** `gleaner jobs run`: one run by hand, by the worker that is there; its result is printed. */
export const runJob: Command = {
  name: 'jobs run',
  summary: 'Run a function once, and print its result; exit code 1 when it fails.',
  usage: 'NAME [--now TIME] [--data JSON] [--no-wait]',
  help: [
    '--now TIME       for a scheduled one: the time that it takes for now, such as 2026-11-22T06:00:00Z',
    '--data JSON      for one that an event begins: the data of the event',
    ...WAIT_HELP,
  ],
  options: { now: { type: 'string' }, data: { type: 'string' }, ...WAIT_OPTIONS },
  words: 1,
  run: (values, [name = '']) =>
    withDeps(async (deps) => {
      const now = readTime(optional(values, 'now'))
      const input = runNowSchema.parse({ function: name, data: optional(values, 'data'), now })
      return begin(deps, values, async () => (await runNow(deps, input, BY)).run)
    }),
}

/** `gleaner jobs retry`: a new run of the same function with the same event. */
export const retryJob: Command = {
  name: 'jobs retry',
  summary: 'Run an ended run again, from its first step, and print its result.',
  usage: 'RUN [--no-wait]',
  help: WAIT_HELP,
  options: WAIT_OPTIONS,
  words: 1,
  run: (values, [id = '']) => withDeps((deps) => begin(deps, values, () => retryRun(deps, readRunId(id), BY))),
}

/** `gleaner jobs cancel`: a run that has not ended, wherever it is. */
export const cancelJob: Command = {
  name: 'jobs cancel',
  summary: 'Cancel a run that has not ended. What was done stays done.',
  usage: 'RUN',
  help: [],
  options: {},
  words: 1,
  run: (_values, [id = '']) =>
    withDeps(async (deps) => {
      await cancelRun(deps, readRunId(id), BY)
      return { json: { run: id, state: 'cancelled' }, text: 'Cancelled.' }
    }),
}

/** Without a worker nothing would run it, and it would surprise whoever starts one tomorrow: then it is not begun. */
async function begin(deps: CommandDeps, values: Values, start: () => Promise<string>): Promise<Answer> {
  const seconds = readSeconds(optional(values, 'timeout') ?? '300')
  const { workers } = await engineHealth(deps.db)
  if (deps.jobs.mode === 'embedded' && workers === 0 && !values['no-wait']) {
    throw new AppError('unavailable', 'no worker runs', { reason: 'jobs.noWorker' })
  }
  const id = await start()
  if (values['no-wait']) return { json: { run: id }, text: id }
  const run = await awaitEnd(deps, id, seconds)
  const output = run.output && (await readWhole(deps.db, { of: 'output', run: id }))
  const ended = { ...run, output }
  return { json: toJson(ended), text: describeEnd(ended), exitCode: run.state === 'completed' ? 0 : 1 }
}

const POLL_MS = 200

/** The run as it ended, or as it stands when the time is over. */
async function awaitEnd({ db }: CommandDeps, id: string, seconds: number): Promise<ReadRun> {
  for (const end = Date.now() + seconds * 1000; ; await sleep(POLL_MS)) {
    const run = await readRun(db, id)
    if (hasEnded(run.state) || Date.now() > end) return run
  }
}

function toJson({ id, functionId, state, output, error }: ReadRun) {
  return { run: id, function: functionId, state, output: output && readValue(output), error }
}

function readValue({ text, cut }: { readonly text: string; readonly cut: boolean }): unknown {
  return cut ? text : JSON.parse(text)
}

function describeEnd({ id, state, output, error }: ReadRun): string {
  const head = hasEnded(state) ? `${state} ${id}` : `${state} ${id}: it goes on, this command no longer waits`
  return [head, ...(error ? [error.message] : []), ...(output ? [output.text] : [])].join('\n')
}

function describeRun({ id, state, functionId, createdAt, reason, error }: ListedRun): string {
  const why = reason ?? error?.split('\n')[0] ?? ''
  return `${id}  ${createdAt}  ${state.padEnd(9)}  ${functionId.replace(/^gleaner-/, '').padEnd(18)}  ${why}`.trimEnd()
}

function wholeId(id: string): string {
  return id.startsWith('gleaner-') ? id : `gleaner-${id}`
}

function readTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new UsageError(`--now is no time: ${text}`)
  return time.toISOString()
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds >= 0)) throw new UsageError(`--timeout is no number of seconds: ${text}`)
  return seconds
}
