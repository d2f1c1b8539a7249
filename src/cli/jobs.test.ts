import { expect, test } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { onCron, onEvent } from '@/jobs/define'
import { createTestJobs } from '@/jobs/engine/testing'
import { createFunctions } from '@/jobs/functions'
import { newId } from '@/kernel/ids'
import { openTestCli } from './testing'

const opened = openTestDatabase()
const jobs = createTestJobs(opened)
const cli = openTestCli(opened, 'cli-jobs-test')
const gleaner = (...args: string[]) => cli.gleaner('jobs', ...args)

type Told = { clock: () => Date }

/** A worker with the ids of this release's functions, which say what they saw instead of doing their work. */
async function startWorker(): Promise<void> {
  const client = jobs.client()
  const sweep = onCron<Told>({ id: 'sweep-accounts', cron: '27 3 * * *' }, async (deps, { event }) => ({
    clock: deps.clock().toISOString(),
    tick: new Date(event.ts).toISOString(),
  }))
  const scan = onEvent<Told, 'host/scan.due'>(
    { id: 'scan-host', event: 'host/scan.due', retries: 0 },
    async (_, run) => {
      if (run.event.data.host !== 'www.example.org') throw new Error(`no such host: ${run.event.data.host}`)
      await run.step.sleep('long', '1h')
    },
  )
  const deps = { clock: () => new Date() }
  await jobs.start(client, { functions: createFunctions(client, deps, [sweep, scan]) })
}

test.each(['list', 'show', 'run', 'retry', 'cancel', 'sync'])('jobs %s explains itself', async (name) => {
  const { code, out } = await gleaner(name, '--help')
  expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining(`Usage: gleaner jobs ${name}`)])
})

test('without a worker nothing is begun, and that is said', async () => {
  const { code, err } = await gleaner('run', 'sweep-accounts', '--json')
  expect([code, JSON.parse(err)]).toMatchObject([1, { error: { code: 'unavailable' } }])
  expect(JSON.parse((await gleaner('list', '--json')).out)).toEqual([])
})

test('a schedule runs as of a given time, and its result is printed', async () => {
  await startWorker()
  const { code, out } = await gleaner('run', 'sweep-accounts', '--now', '2026-03-29T05:00:00+02:00', '--json')
  const now = '2026-03-29T03:00:00.000Z'
  expect([code, JSON.parse(out)]).toMatchObject([0, { state: 'completed', output: { clock: now, tick: now } }])
  const { run } = JSON.parse(out)
  const again = await gleaner('retry', run, '--json')
  expect(JSON.parse(again.out)).toMatchObject({ state: 'completed', output: { tick: now } })
  expect(JSON.parse(again.out).run).not.toBe(run)
})

test('a run that fails ends the command with 1 and its error', async () => {
  await startWorker()
  const { code, out } = await gleaner('run', 'scan-host', '--data', '{"host":"nowhere.example.org"}')
  expect([code, out]).toEqual([1, expect.stringContaining('no such host: nowhere.example.org')])
  const listed = await gleaner('list', '--state', 'failed', '--function', 'scan-host')
  expect(listed.out).toMatch(/failed +scan-host +no such host/)
})

test('a run that sleeps is not waited for beyond the time, and can be cancelled once', async () => {
  await startWorker()
  const asleep = await gleaner('run', 'scan-host', '--data', '{"host":"www.example.org"}', '--timeout', '2', '--json')
  expect([asleep.code, JSON.parse(asleep.out)]).toMatchObject([1, { state: 'sleeping' }])
  const { run } = JSON.parse(asleep.out)
  expect((await gleaner('cancel', run)).out).toBe('Cancelled.\n')
  const shown = JSON.parse((await gleaner('show', run, '--json')).out)
  const machine = { kind: 'commandLine' }
  expect(shown).toMatchObject({ id: run, state: 'cancelled', requestedBy: machine, stoppedBy: machine })
  const [listed] = JSON.parse((await gleaner('list', '--state', 'cancelled', '--json')).out)
  expect(listed).toMatchObject({ id: run, requestedBy: machine, stoppedBy: machine })
  const text = (await gleaner('show', run)).out
  expect(text).toMatch(/^cancelled +scan-host .*\nBegun by hand at the command line\..*\nStopped at the command line\./)
  expect(text).toMatch(/sleeping +long/)
  const twice = await gleaner('cancel', run, '--json')
  expect([twice.code, JSON.parse(twice.err)]).toMatchObject([1, { error: { code: 'conflict' } }])
})

test.each([
  [['run', 'nobody', '--no-wait'], 1, 'There is no function nobody'],
  [['run', 'sweep-accounts', '--now', 'tomorrow'], 2, '--now is no time: tomorrow'],
  [['run', 'scan-host', '--data', '[1]', '--no-wait'], 1, 'must be a JSON object'],
  [['cancel', 'x'], 2, 'is no id of a run'],
  [['show', newId()], 1, 'no longer kept'],
  [['retry', newId(), '--no-wait'], 1, 'no longer kept'],
  [['list', '--state', 'odd'], 1, 'state'],
  [['sync'], 1, 'nothing to register'],
])('%j ends with %d and says why', async (args, code, words) => {
  const outcome = await gleaner(...args)
  expect([outcome.code, outcome.err]).toEqual([code, expect.stringContaining(words)])
})
