import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { type App, childrenOf, startApp, tryStart } from './app.ts'

test('kill -9 of the supervisor ends web and worker, and the next start adopts PostgreSQL', async () => {
  const first = await startApp({})
  const port = Number(new URL(first.url).port)
  const children = childrenOf(first)
  expect(Object.keys(children).sort()).toEqual(['postgres', 'web', 'worker'])
  process.kill(first.pid, 'SIGKILL')
  await expect.poll(() => [isAlive(children.web), isAlive(children.worker)]).toEqual([false, false])
  expect(isAlive(children.postgres)).toBe(true)

  const second = await startApp({}, { dataFolder: first.dataFolder, port })
  expect(second.said()).toContain('adopted: it was still running')
  expect(childrenOf(second)).not.toHaveProperty('postgres')
  await second.stop()
  expect(isAlive(children.postgres)).toBe(false)
})

test('a web or worker process that is killed is started again', async ({ request }) => {
  const app = await startApp({})
  const { web, worker } = childrenOf(app)
  process.kill(web ?? 0, 'SIGKILL')
  process.kill(worker ?? 0, 'SIGKILL')
  await expect.poll(() => Object.keys(childrenOf(app)).sort()).toEqual(['postgres', 'web', 'worker'])
  await becomesWell(request, app)
  expect(app.said()).toContain('The worker process ended with signal SIGKILL; it starts again in 0.5 s')
  await app.stop()
})

test('a PostgreSQL that is killed is started again, and web and worker go on', async ({ request }) => {
  const app = await startApp({})
  const before = childrenOf(app)
  process.kill(before.postgres ?? 0, 'SIGKILL')
  await expect.poll(() => childrenOf(app).postgres ?? before.postgres).not.toBe(before.postgres)
  await becomesWell(request, app)
  expect(app.said()).toContain('PostgreSQL has ended by itself; it is started again')
  expect(childrenOf(app)).toMatchObject({ web: before.web, worker: before.worker })
  await app.stop()
})

test('a stop ends everything, leaves no lock, and the next start keeps secrets and data', async () => {
  const first = await startApp({})
  const children = Object.values(childrenOf(first))
  await first.stop('keep')
  expect(children.map(isAlive)).toEqual(children.map(() => false))
  expect(existsSync(join(first.dataFolder, 'gleaner.pid'))).toBe(false)
  const second = await startApp({}, { dataFolder: first.dataFolder })
  expect(second.setupCode).toBe(first.setupCode)
  await second.stop()
})

test('a malformed key ends the start with its name', async () => {
  const { code, said } = await tryStart({ SMTP_URL: 'mail.example.org' })
  expect(said).toContain('SMTP_URL: must begin with smtp:// or smtps://')
  expect(code).toBe(1)
})

/** While its processes come back, the port is closed or answers 503. */
async function becomesWell(request: APIRequestContext, { url }: Pick<App, 'url'>): Promise<void> {
  const health = () =>
    request.get(`${url}/api/health`).then(
      (it) => it.status(),
      () => 0,
    )
  await expect.poll(health).toBe(200)
}

/** A zombie answers signals, too: whoever killed its parent is not there to bury it. */
function isAlive(pid: number | undefined): boolean {
  try {
    return !/^Z|^$/.test(
      execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
        .toString()
        .trim(),
    )
  } catch {
    // ps ends with 1 when there is no such process.
    return false
  }
}
