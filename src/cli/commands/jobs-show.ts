import { type ReadRun, readRun } from '@/jobs/read-run'
import type { Command } from '../command'
import { readRunId } from '../read-run-id'
import { withDeps } from '../with-deps'

/** `gleaner jobs show`: one run with its steps, as the page shows it. */
export const showJob: Command = {
  name: 'jobs show',
  summary: 'Show a run: its steps, errors, who began and who stopped it. What is long is cut.',
  usage: 'RUN',
  help: [],
  options: {},
  words: 1,
  run: (_values, [id = '']) =>
    withDeps(async ({ db }) => {
      const run = await readRun(db, readRunId(id))
      return { json: run, text: linesOf(run).join('\n') }
    }),
}

function linesOf(run: ReadRun): readonly string[] {
  return [
    `${run.state}  ${run.functionId.replace(/^gleaner-/, '')}  ${run.id}  ${run.eventName ?? ''}`.trimEnd(),
    ...byHand('Begun by hand', run.requestedBy),
    ...byHand('Stopped', run.stoppedBy),
    ...run.steps.map(describeStep),
    ...(run.error ? [run.error.message] : []),
    ...(run.output ? [run.output.text] : []),
  ]
}

function byHand(what: string, requester: ReadRun['requestedBy']): readonly string[] {
  if (!requester) return []
  if (requester.kind === 'commandLine') return [`${what} at the command line.`]
  return [`${what} by ${requester.name ?? 'a user who is gone'}.`]
}

function describeStep({ state, name, attempt, finishedAt, error }: ReadRun['steps'][number]): string {
  const tries = attempt > 0 ? `  try ${attempt + 1}` : ''
  return `  ${state.padEnd(9)}  ${name}${tries}  ${finishedAt ?? ''}  ${error?.message.split('\n')[0] ?? ''}`.trimEnd()
}
