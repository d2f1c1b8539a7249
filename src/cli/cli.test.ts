import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepSetupCode } from '@/accounts/keep-setup-code'
import { openSecretBox } from '@/accounts/secret-box'
import { instanceSettings } from '@/accounts/table'
import { openTestDatabase } from '@/db/testing'
import { openTestCli } from './testing'

const opened = openTestDatabase()
const { folder, gleaner } = openTestCli(opened, 'cli-test')

function pageWith(ads: readonly object[]): string {
  const state = JSON.stringify({ listing: { listing: { ads, totalElements: ads.length } } })
  const file = join(folder, 'page.html')
  writeFileSync(file, `<html><script>window.__PRERENDERED_STATE__= ${JSON.stringify(state)};</script></html>`)
  return file
}

test('without a command it lists them and ends with 2; with --help it ends with 0', async () => {
  const none = await gleaner()
  expect([none.code, none.out]).toEqual([2, ''])
  expect(none.err).toContain('user create')
  const help = await gleaner('--help')
  expect([help.code, help.err]).toEqual([0, ''])
  expect((await gleaner('dance')).err).toContain('There is no command "dance".')
})

test.each(['parse', 'user create', 'user password', 'token create', 'scan', 'doctor'])(
  '%s explains itself',
  async (name) => {
    const { code, out } = await gleaner(...name.split(' '), '--help')
    expect(code).toBe(0)
    expect(out).toContain(`Usage: gleaner ${name}`)
    const json = await gleaner(...name.split(' '), '--help', '--json')
    expect(JSON.parse(json.out)).toMatchObject({ name })
  },
)

test('parse prints the contract as JSON', async () => {
  const { code, out } = await gleaner('parse', pageWith([]), '--url', 'https://www.olx.pl/rowery/', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ source: 'olx', kind: 'result', items: [], rejected: [] })
})

test('a wrong call ends with 2 and its usage, a site that nobody reads with 1 and JSON', async () => {
  const wrong = await gleaner('parse', '--url', 'https://www.olx.pl/')
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('Usage: gleaner parse FILE --url URL')
  expect((await gleaner('parse', 'x', '--nonsense')).code).toBe(2)
  const any = await gleaner('parse', pageWith([]), '--url', 'https://shop.example.org/', '--json')
  expect(JSON.parse(any.out)).toMatchObject({ source: 'any', verdict: 'changed', items: [] })
  const unknown = await gleaner('parse', pageWith([]), '--url', 'http://192.168.1.1/', '--json')
  expect(unknown.code).toBe(1)
  expect(JSON.parse(unknown.err)).toMatchObject({ error: { code: 'bad_input' } })
})

test('a first user that cannot be made leaves the code on the console as it is, and what was wrong is named', async () => {
  const box = openSecretBox('a'.repeat(64))
  const shown = await keepSetupCode(opened, box)
  const create = (...args: string[]) => gleaner('user', 'create', '--email', 'owner@example.org', ...args)
  const short = await create('--password', 'short')
  expect([short.code, short.err.trim()]).toEqual([1, 'password: Use at least 10 characters.'])
  const boss = await create('--role', 'boss')
  expect([boss.code, boss.err]).toEqual([
    2,
    expect.stringContaining('--role is one of owner, admin, staff, finance, viewer'),
  ])
  const staff = await create('--role', 'staff')
  expect([staff.code, staff.err]).toEqual([2, expect.stringContaining('The first user is the owner')])
  expect(await keepSetupCode(opened, box)).toBe(shown)
})

test('the first user is the owner, the next one a member, and a key is shown once', async () => {
  const owner = await gleaner('user', 'create', '--email', 'Owner@Example.org', '--json')
  expect(JSON.parse(owner.out)).toMatchObject({ role: 'owner', password: expect.stringMatching(/^.{16}$/) })
  expect(await opened.db.$count(instanceSettings)).toBe(0)
  const boss = await gleaner('user', 'create', '--email', 'b@example.org', '--role', 'boss')
  expect([boss.code, boss.err]).toEqual([2, expect.stringContaining('--role is one of')])
  const viewer = await gleaner('user', 'create', '--email', 'v@example.org', '--role', 'viewer', '--json')
  expect(JSON.parse(viewer.out)).toMatchObject({ role: 'viewer' })
  const again = await gleaner('user', 'create', '--email', 'v@example.org')
  expect([again.code, again.err.trim()]).toEqual([1, 'Somebody already uses this e-mail address.'])
  const short = await gleaner('user', 'password', '--email', 'v@example.org', '--password', 'short')
  expect([short.code, short.err.trim()]).toEqual([1, 'Use at least 10 characters.'])
  const token = await gleaner('token', 'create', '--name', 'Import', '--json')
  expect(JSON.parse(token.out)).toMatchObject({ email: 'owner@example.org', token: expect.stringMatching(/^glnr_/) })
})

test('doctor names what is well and ends with 0', async () => {
  const { code, out } = await gleaner('doctor', '--json')
  expect(JSON.parse(out)).toMatchObject({ ok: true })
  expect(code).toBe(0)
})

test('doctor sees a web and a worker that run apart, and names a health that is degraded', async () => {
  const server = createServer((_request, response) => response.end('{"ok":true,"state":"degraded"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Of a server that listens at a port.
  const { port } = server.address() as AddressInfo
  const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8')
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  const [web, worker] = [join(folder, 'gleaner-web.pid'), join(folder, 'gleaner-worker.pid')]
  writeFileSync(worker, JSON.stringify({ pid: process.pid, began, port: null }))
  const alone = await gleaner('doctor', '--json')
  writeFileSync(web, JSON.stringify({ pid: process.pid, began, port }))
  const both = await gleaner('doctor', '--json')
  await new Promise((resolve) => server.close(resolve))
  for (const file of [web, worker]) rmSync(file)
  const holds = { ok: true, detail: `process ${process.pid}` }
  expect(JSON.parse(alone.out).checks.slice(3)).toEqual([{ name: 'worker', ...holds }])
  expect(JSON.parse(both.out).checks.slice(3)).toEqual([
    { name: 'web', ...holds },
    { name: 'worker', ...holds },
    { name: 'health', ok: true, detail: 'degraded: {"ok":true,"state":"degraded"}' },
  ])
})

test('doctor asks the running process at its own port, and says which address did not answer', async () => {
  const server = createServer((_request, response) => response.end('{"status":"ok"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Of a server that listens at a port.
  const { port } = server.address() as AddressInfo
  const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8')
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  const file = join(folder, 'gleaner.pid')
  writeFileSync(file, JSON.stringify({ pid: process.pid, began, port }))
  const well = await gleaner('doctor', '--json')
  expect([well.code, JSON.parse(well.out).checks.at(-1)]).toEqual([
    0,
    { name: 'health', ok: true, detail: '{"status":"ok"}' },
  ])
  await new Promise((resolve) => server.close(resolve))
  const ill = await gleaner('doctor', '--json')
  rmSync(file)
  expect([ill.code, JSON.parse(ill.out).checks.at(-1)]).toEqual([
    1,
    { name: 'health', ok: false, detail: expect.stringContaining(`http://127.0.0.1:${port}/api/health`) },
  ])
})
