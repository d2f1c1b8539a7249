import type { AnyTRPCProcedure } from '@trpc/server'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '@/accounts/caller'
import { createApiToken } from '@/accounts/create-api-token'
import { rateLimits } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createInstallation } from '@/notifications/installation/installation'
import { TEST_ENV } from '@/notifications/testing'
import { answerTrpc } from '@/trpc/http'
import { createCallerFactory } from '@/trpc/init'
import { answerRest } from '@/trpc/openapi'
import { createTestContext, createTestRuntime, createTestWebDeps, sessionOf } from '@/trpc/testing'
import { appRouter } from './router'
import { contentsOf } from './testing'

const test = openTestDatabase()
// The types show it nested; at run time it is flat, by path.
const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, AnyTRPCProcedure>>

const NUL = 'a\0b'
const LONE = 'a\uD800b'

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level++) value = level % 2 ? { all: [value] } : { not: value }
  return value
}

const HOSTILE: readonly unknown[] = [
  ...[NUL, LONE, '', ' ', "'; drop table users; --", '%E0%A4%A', 'x'.repeat(10_000), '9'.repeat(400)],
  ...['smtp://%E0%A4%A@127.0.0.1:9', 'smtp://', 'https://www.olx.pl/%00/%E0%A4%A', 'https://[', '_'.repeat(37)],
  ...['9999-99-99T99:99:99Z_00000000-0000-0000-0000-000000000000', 'nan_00000000-0000-0000-0000-000000000000'],
  ...[[], [[]], [NUL], [LONE], Array.from({ length: 5000 }, () => 'x'), [null, undefined, {}]],
  ...[{}, { id: { $ne: null } }, JSON.parse('{"__proto__":{"administrator":true}}'), nested(30), nested(5000)],
  { constructor: { prototype: {} }, toString: 1, length: -1 },
  ...[null, true, 0, -1, 1e308, Number.NaN, 10n, new Date(Number.NaN), new Map([[1, 2]])],
]

/** What is right for a field of that name, so that the hostile one is the only fault. */
const RIGHT: Readonly<Record<string, unknown>> = {
  ...{ id: newId(), ids: [newId()], name: 'Name', email: 'a@example.org', address: 'a@example.org' },
  ...{ password: 'correct horse battery', current: 'correct horse battery', next: 'correct horse battery' },
  ...{ code: 'ABCD-EFGH', locale: 'en', workspaceName: 'Home', currency: 'PLN', timeZone: 'Europe/Warsaw' },
  ...{ fiscalYearStart: 1, bargains: true, giving: false, state: 'seen', note: 'x', what: 'bot', token: '1:a' },
  ...{ text: 'nothing', urls: ['https://www.olx.pl/sport-hobby/rowery/'], interval: 10, watchId: newId() },
}

type Shaped = { readonly shape?: object; readonly options?: readonly Shaped[]; readonly in?: Shaped }

function keysOf({ shape, options = [] }: Shaped): readonly string[] {
  return [...Object.keys(shape ?? {}), ...options.flatMap(keysOf)]
}

function fieldsOf(path: string): readonly string[] {
  const inputs = (procedures[path]?._def as { inputs?: readonly Shaped[] } | undefined)?.inputs ?? []
  return [...new Set(inputs.flatMap(keysOf))]
}

function depsOf() {
  const base = createTestWebDeps(test.db)
  return { ...base, outlets: { ...base.outlets, installation: createInstallation(test.db, TEST_ENV) } }
}

async function call(path: string, caller: Caller, input: unknown): Promise<string> {
  const root: unknown = createCallerFactory(appRouter)(createTestContext(depsOf(), caller))
  const procedure = path.split('.').reduce((at: unknown, part) => Reflect.get(Object(at), part), root)
  try {
    // The path was read from the router, so what it leads to can be called.
    await (procedure as (input: unknown) => Promise<unknown>)(input)
    return 'OK'
  } catch (error) {
    const code = String(Reflect.get(Object(error), 'code'))
    return code === 'INTERNAL_SERVER_ERROR' ? `${code}: ${Reflect.get(Object(error), 'cause')}` : code
  }
}

const administrator = (mine: TestWorkspace): Caller => {
  const caller = sessionOf(mine)
  return { ...caller, user: { ...caller.user, administrator: true } }
}

describe('hostile input', () => {
  let mine: TestWorkspace
  beforeAll(async () => {
    mine = await createTestWorkspace(test.db)
  })

  async function callAll(path: string, wrap: (value: unknown) => unknown): Promise<readonly string[]> {
    await test.db.delete(rateLimits)
    const codes = await Promise.all(HOSTILE.map((value) => call(path, administrator(mine), wrap(value))))
    // With its number, so that a failure says which input it was.
    expect(codes.map((code, at) => `${at} ${code}`).filter((code) => code.includes('INTERNAL'))).toEqual([])
    return codes
  }

  const withInput = Object.keys(procedures).filter((path) => fieldsOf(path).length > 0)
  it('reaches every procedure that takes something', () => {
    expect(withInput.length).toBeGreaterThan(25)
  })

  it.each(withInput)('as the whole input of %s writes nothing', async (path) => {
    const before = await contentsOf(test.db)
    await callAll(path, (value) => value)
    expect(await contentsOf(test.db)).toBe(before)
  })

  const fields = withInput.flatMap((path) => fieldsOf(path).map((field) => [path, field] as const))
  it.each(fields)('in %s, field %s, is refused without a trace, or is just text', async (path, field) => {
    const kind = field === 'key' ? 'resend' : 'smtp'
    const right = Object.fromEntries(fieldsOf(path).flatMap((key) => (key in RIGHT ? [[key, RIGHT[key]]] : [])))
    const before = await contentsOf(test.db)
    const codes = await callAll(path, (value) => ({ kind, ...right, [field]: value }))
    // Whatever a password holds is hashed, and here the door behind it is a stand-in.
    if (path !== 'accounts.signIn') expect(codes[HOSTILE.indexOf(NUL)]).not.toBe('OK')
    if (!codes.includes('OK')) expect(await contentsOf(test.db)).toBe(before)
  })
})

const BODIES = [
  ...['', '{', '"', 'null', '1', '[]', '{"0":1}', '{"json":null}', '{"json":{"id":"x\\u0000"}}', '\u0000', '\uFEFF{}'],
  '{"json":{"$":"bigint","is":"x"}}',
  '{"json":{"a":{"$":"bigint","is":{}}}}',
  '{"json":{"a":{"$":"Date","is":[]}}}',
  '{"json":{"a":{"$":"undefined"},"email":{"$":"undefined"}}}',
  '{"json":{"a":{"$":"RegExp","is":"("}}}',
  '{"json":{"a":{"$":"__proto__","is":"x"}}}',
  '{"json":{"a":{"$":7}}}',
  '{"json":{"$":"object","is":{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}}}',
  `{"json":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
  `{"json":{"filter":${'{"not":'.repeat(60_000)}1${'}'.repeat(60_000)}}}`,
]

describe('hostile bodies', () => {
  const ask = (path: string, init: RequestInit) =>
    answerTrpc(
      appRouter,
      createTestRuntime(depsOf()),
      new Request(`http://gleaner.test/api/trpc/${path}`, {
        ...init,
        headers: { host: 'gleaner.test', ...init.headers },
      }),
    )

  it.each(BODIES)('posted to tRPC are refused, not failed: %.60s', async (body) => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data']) {
      const answer = await ask('accounts.signIn', { method: 'POST', body, headers: { 'content-type': type } })
      expect(answer.status, `${type}: ${(await answer.text()).slice(0, 300)}`).toBeLessThan(500)
    }
  })

  it.each(BODIES)('in the address of a query are refused, not failed: %.60s', async (body) => {
    const answer = await ask(`matches.list?input=${encodeURIComponent(body.slice(0, 20_000))}`, {})
    expect(answer.status).toBeLessThan(500)
  })

  it.each([
    'matches.list,matches.list?batch=1&input=x',
    '%E0%A4%A',
    '__proto__',
    'constructor',
    'accounts.constructor',
    '',
  ])('the procedure %j is not found or refused', async (path) => {
    expect((await ask(path, {})).status).toBeLessThan(500)
  })

  it('a mutation by GET is refused', async () => {
    expect((await ask('accounts.signOut', {})).status).toBe(405)
  })

  it.each(BODIES)('sent over REST are refused as {code, message}: %.60s', async (body) => {
    const mine = await createTestWorkspace(test.db)
    const { token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Program' }))
    const before = await contentsOf(test.db)
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type, host: 'gleaner.test' }
      const request = new Request('http://gleaner.test/api/v1/watches', { method: 'POST', headers, body })
      const answer = await answerRest(appRouter, createTestRuntime(depsOf()), request)
      const told = await answer.json()
      expect(answer.status, `${type} ${JSON.stringify(told).slice(0, 300)}`).toBeLessThan(500)
      expect(told).toMatchObject({ code: expect.any(String), message: expect.any(String) })
    }
    expect(await contentsOf(test.db)).toBe(before)
  })
})
