import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { NextRequest } from 'next/server'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { openTestDatabase } from '@/db/testing'
import { createJobClient, type JobEnv, jobMode } from './client'
import { onEvent } from './define'
import { createFunctions } from './functions'
import { createInngestDoor, type InngestDoor } from './inngest-door'

const test = openTestDatabase()
const KEY = `signkey-prod-${'0123456789abcdef'.repeat(4)}`
const CLOUD = { INNGEST_EVENT_KEY: 'event-key', INNGEST_SIGNING_KEY: KEY }
const servers: Server[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))))
})

/** The door on a port of its own, and what its one step did. */
async function open(env: JobEnv): Promise<{ url: string; ran: string[] }> {
  const ran: string[] = []
  const mode = jobMode(env)
  const client = createJobClient({ mode, db: test.db, env, log: pino({ level: 'silent' }) })
  const job = onEvent<null, 'host/scan.due'>({ id: 'told', event: 'host/scan.due' }, async (_, { event, step }) =>
    step.run('work', () => {
      ran.push(event.data.host)
      return { done: event.data.host }
    }),
  )
  const door = createInngestDoor({ mode, client, functions: () => createFunctions(client, null, [job]) })
  const server = createServer((request, response) => {
    void answer(door, request).then(async (answered) => {
      response.writeHead(answered.status, Object.fromEntries(answered.headers))
      response.end(await answered.text())
    })
  })
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`, ran }
}

async function answer(door: InngestDoor, request: IncomingMessage): Promise<Response> {
  const method = request.method === 'PUT' || request.method === 'POST' ? request.method : 'GET'
  const headers = Object.entries(request.headers).map(([key, value]): [string, string] => [key, String(value)])
  const body = method === 'GET' ? undefined : await text(request)
  return door[method](
    new NextRequest(`http://${request.headers.host}${request.url}`, { method, headers, body }),
    undefined,
  )
}

const STEP = createHash('sha1').update('work').digest('hex')

/** A call as an Inngest server makes it; keys in order, as JCS (RFC 8785) has them. */
function callBody(host = 'www.example.org'): string {
  const event = { data: { host }, id: 'e1', name: 'host/scan.due', ts: 1_790_000_000_000 }
  const stack = { current: 0, stack: [] }
  const ctx = { attempt: 0, disable_immediate_execution: false, max_attempts: 4, run_id: 'r1', stack, use_api: false }
  return JSON.stringify({ ctx, event, events: [event], steps: {}, version: 2 })
}

function sign(body: string, key = KEY, at = Math.floor(Date.now() / 1000)): string {
  const secret = key.replace(/^signkey-\w+-/, '')
  return `t=${at}&s=${createHmac('sha256', secret).update(`${body}${at}`).digest('hex')}`
}

function call(url: string, body: string, signature?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(signature && { 'x-inngest-signature': signature }) }
  return fetch(`${url}?fnId=gleaner-told&stepId=step`, { method: 'POST', body, headers })
}

describe('the door for an Inngest server', () => {
  it.each(['GET', 'POST', 'PUT'])('is shut for %s while our own engine is in charge', async (method) => {
    const { url, ran } = await open({})
    const body = callBody()
    const answered = await fetch(url, {
      method,
      ...(method === 'POST' && { body, headers: { 'x-inngest-signature': sign(body) } }),
    })
    expect([answered.status, await answered.text(), ran]).toEqual([404, '', []])
  })

  it('is open, unsigned, beside a dev server', async () => {
    const { url, ran } = await open({ INNGEST_DEV: '1' })
    const answered = await call(url, callBody())
    expect(answered.status).toBe(206)
    expect(await answered.json()).toMatchObject([{ id: STEP, op: 'StepRun', data: { done: 'www.example.org' } }])
    expect(ran).toEqual(['www.example.org'])
  })

  it('runs the step of a call that is rightly signed', async () => {
    const { url, ran } = await open(CLOUD)
    const body = callBody()
    const answered = await call(url, body, sign(body))
    expect(answered.status).toBe(206)
    expect(await answered.json()).toMatchObject([{ id: STEP, op: 'StepRun' }])
    expect(ran).toEqual(['www.example.org'])
  })

  const body = callBody()
  const now = () => Math.floor(Date.now() / 1000)
  it.each([
    ['without a signature', () => undefined],
    ['with an empty signature', () => 't=&s='],
    ['with a signature by another key', () => sign(body, `signkey-prod-${'f'.repeat(64)}`)],
    ['with the signature of another body', () => sign(callBody('evil.example.org'))],
    ['with a signature whose time was changed', () => sign(body).replace(/t=\d+/, `t=${now() + 1}`)],
    ['replayed six minutes later', () => sign(body, KEY, now() - 360)],
    ['dated six minutes ahead', () => sign(body, KEY, now() + 360)],
    ['with nonsense for a signature', () => 'canary'],
  ])('refuses a call %s with 401 and runs nothing', async (_how, signature) => {
    const { url, ran } = await open(CLOUD)
    const answered = await call(url, body, signature())
    expect([answered.status, ran]).toEqual([401, []])
    expect(await answered.text()).not.toContain(KEY.slice(-16))
  })

  it('says nothing of its functions to whoever asks unsigned', async () => {
    const { url } = await open(CLOUD)
    const said = await (await fetch(url)).text()
    expect(said).not.toContain('told')
    expect(said).not.toContain(KEY.slice(-16))
  })

  it('a function that is not there is told as such, to whoever has signed', async () => {
    const { url, ran } = await open(CLOUD)
    const answered = await fetch(`${url}?fnId=gleaner-nobody&stepId=step`, {
      method: 'POST',
      body,
      headers: { 'x-inngest-signature': sign(body) },
    })
    expect(answered.status).toBeGreaterThanOrEqual(400)
    expect(ran).toEqual([])
  })
})

describe('registration at deploy', () => {
  /** An Inngest server's side: what it was told. */
  async function openServer(status = 200): Promise<{ url: string; told: { auth?: string; body: unknown }[] }> {
    const told: { auth?: string; body: unknown }[] = []
    const server = createServer(async (request, response) => {
      told.push({ auth: request.headers.authorization, body: JSON.parse((await text(request)) || 'null') })
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ status, modified: true }))
    })
    servers.push(server)
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told }
  }

  it('tells the server the functions and where they are, with the key’s hash', async () => {
    const inngest = await openServer()
    const { url } = await open({ ...CLOUD, INNGEST_BASE_URL: inngest.url })
    const { syncFunctions } = await import('./sync-functions')
    await syncFunctions(new URL(url).origin)
    const [{ auth, body }] = inngest.told as [{ auth: string; body: unknown }]
    expect(auth).toMatch(/^Bearer signkey-prod-[0-9a-f]{64}$/)
    expect(auth).not.toContain(KEY)
    expect(body).toMatchObject({ appName: 'gleaner', url, functions: [{ id: 'gleaner-told' }] })
  })

  it('says what went wrong when the server refuses, or nobody answers', async () => {
    const inngest = await openServer(401)
    const { url } = await open({ ...CLOUD, INNGEST_BASE_URL: inngest.url })
    const { syncFunctions } = await import('./sync-functions')
    await expect(syncFunctions(new URL(url).origin)).rejects.toMatchObject({ code: 'upstream' })
    await expect(syncFunctions('http://127.0.0.1:1')).rejects.toThrow('does not answer')
  })
})
