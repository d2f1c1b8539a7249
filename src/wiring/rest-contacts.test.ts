import { beforeEach, describe, expect, it } from 'vitest'
import { createApiToken } from '@/accounts/create-api-token'
import { createTestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { answerRest } from '@/trpc/openapi'
import { createTestRuntime, createTestWebDeps } from '@/trpc/testing'
import { appRouter } from './router'

const test = openTestDatabase()

type Ask = (method: string, path: string, body?: unknown, key?: string) => Promise<{ status: number; json: unknown }>
let ask: Ask
beforeEach(async () => {
  const mine = await createTestWorkspace(test.db)
  const { token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Program' }))
  ask = async (method, path, body, key) => {
    const headers = {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json', host: 'gleaner.test' },
      ...(key !== undefined && { 'idempotency-key': key }),
    }
    const request = new Request(`http://gleaner.test/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
    const answer = await answerRest(appRouter, createTestRuntime(createTestWebDeps(test.db)), request)
    return { status: answer.status, json: await answer.json() }
  }
})

const ANNA = { firstName: 'Anna', lastName: 'Nowak', points: [{ kind: 'email', value: 'anna@example.org' }] }

async function make(body: object = ANNA, key?: string): Promise<string> {
  const { json } = await ask('POST', '/contacts', body, key)
  return String(Reflect.get(Object(json), 'id'))
}

describe('contacts and groups over REST', () => {
  it('a contact is made, read, found, changed, deleted and restored', async () => {
    const path = `/contacts/${await make()}`
    expect((await ask('GET', path)).json).toMatchObject({ displayName: 'Anna Nowak', points: [{ primary: true }] })
    expect((await ask('GET', '/contacts?q=anna%40ex')).json).toMatchObject({
      contacts: [{ email: 'anna@example.org' }],
    })
    expect((await ask('PATCH', path, { version: 1, notes: 'x' })).json).toMatchObject({ version: 2 })
    const late = await ask('PATCH', path, { version: 1, notes: 'y' })
    expect(late).toMatchObject({ status: 409, json: { code: 'conflict', reason: 'contact.changed' } })
    expect((await ask('DELETE', path)).status).toBe(200)
    expect((await ask('GET', path)).status).toBe(404)
    expect((await ask('POST', `${path}/restore`, {})).status).toBe(200)
    expect((await ask('GET', path)).json).toMatchObject({ notes: 'x' })
  })

  it('pages follow by cursor', async () => {
    for (const lastName of ['A', 'B', 'C']) await make({ lastName })
    const first = await ask('GET', '/contacts?limit=2')
    expect(first.json).toMatchObject({ contacts: [{ displayName: 'A' }, { displayName: 'B' }] })
    const cursor = encodeURIComponent(String(Reflect.get(Object(first.json), 'nextCursor')))
    const second = await ask('GET', `/contacts?limit=2&cursor=${cursor}`)
    expect(second.json).toMatchObject({ contacts: [{ displayName: 'C' }], nextCursor: null })
  })

  it('a POST that is sent twice with its key makes one contact, and another under that key is refused', async () => {
    const ids = [await make(ANNA, 'k-1'), await make(ANNA, 'k-1')]
    expect(ids[0]).toBe(ids[1])
    expect(await ask('POST', '/contacts', { ...ANNA, lastName: 'Other' }, 'k-1')).toMatchObject({
      status: 409,
      json: { reason: 'idempotency.otherRequest' },
    })
    expect((await ask('GET', '/contacts')).json).toMatchObject({ contacts: [{ displayName: 'Anna Nowak' }] })
  })

  it('groups are made and filled, and a list is narrowed to one', async () => {
    const contactIds = [await make()]
    await make({ lastName: 'Outside' })
    const { json } = await ask('POST', '/groups', { name: 'Choir', colour: 'sage' })
    const id = String(Reflect.get(Object(json), 'id'))
    expect((await ask('POST', `/groups/${id}/contacts`, { contactIds })).json).toEqual({ changed: 1 })
    expect((await ask('GET', `/contacts?groupId=${id}`)).json).toMatchObject({
      contacts: [{ displayName: 'Anna Nowak' }],
    })
    expect((await ask('GET', '/groups')).json).toMatchObject({
      groups: [{ name: 'Choir', count: 1 }],
      nextCursor: null,
    })
    expect((await ask('POST', `/groups/${id}/contacts/remove`, { contactIds })).json).toEqual({ changed: 1 })
  })

  it.each([
    ['no name', {}, 'lastName'],
    ['notes of 30,000 letters', { lastName: 'x', notes: 'x'.repeat(30_000) }, 'notes'],
    ['a phone of letters', { lastName: 'x', points: [{ kind: 'phone', value: 'call me' }] }, 'points.0.value'],
    ['a birthday in the year 20255', { lastName: 'x', birthday: '20255-01-01' }, 'birthday'],
    ['a status that is none', { lastName: 'x', status: 'friend' }, 'status'],
  ])('%s is a 400 at its field, and makes nothing', async (_what, body, field) => {
    const answer = await ask('POST', '/contacts', body)
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_input', fields: { [field]: expect.any(String) } } })
    expect((await ask('GET', '/contacts')).json).toMatchObject({ contacts: [] })
  })
})
