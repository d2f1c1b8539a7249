import { describe, expect, it } from 'vitest'
import { createApiToken } from '@/accounts/create-api-token'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { createTestMatch } from '@/bargains/testing'
import { openTestDatabase } from '@/db/testing'
import { answerRest } from '@/trpc/openapi'
import { createTestRuntime, createTestWebDeps } from '@/trpc/testing'
import { appRouter } from './router'

const test = openTestDatabase()
const SEARCH = 'https://www.olx.pl/sport-hobby/rowery/krakow/'

/** Asks as a program with an API key of that workspace would. */
async function client(workspace: TestWorkspace) {
  const { token } = await workspace.run((ctx) => createApiToken(ctx, { name: 'Program' }))
  return async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', host: 'gleaner.test' }
    const request = new Request(`http://gleaner.test/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
    const answer = await answerRest(appRouter, createTestRuntime(createTestWebDeps(test.db)), request)
    return { status: answer.status, json: await answer.json() }
  }
}

describe('watches and matches over REST', () => {
  it('a watch is made, read, changed, paused, scanned, deleted and restored', async () => {
    const ask = await client(await createTestWorkspace(test.db))
    const { status, json } = await ask('POST', '/watches', {
      name: 'Bikes',
      urls: [SEARCH],
      form: { priceTo: '90000' },
    })
    expect(status).toBe(200)
    const path = `/watches/${json.id}`
    expect((await ask('GET', '/watches')).json).toMatchObject([{ id: json.id, searches: [{ health: 'new' }] }])
    expect((await ask('PATCH', path, { name: 'Cheap bikes' })).status).toBe(200)
    expect((await ask('GET', path)).json).toMatchObject({ name: 'Cheap bikes', form: { priceTo: '90000' } })
    expect((await ask('POST', `${path}/scan`, {})).json).toEqual({ searches: 1 })
    expect((await ask('POST', `${path}/pause`, {})).status).toBe(200)
    expect(await ask('POST', `${path}/scan`, {})).toMatchObject({ status: 409, json: { code: 'conflict' } })
    expect((await ask('DELETE', path)).status).toBe(200)
    expect(await ask('GET', path)).toMatchObject({ status: 404, json: { code: 'not_found' } })
    expect((await ask('POST', `${path}/restore`, {})).status).toBe(200)
  })

  it('matches are listed with numbers from the address, and read one by one', async () => {
    const mine = await createTestWorkspace(test.db)
    const ask = await client(mine)
    const { json } = await ask('POST', '/watches', { name: 'Bikes', urls: [SEARCH] })
    const ids = [await createTestMatch(mine, json.id), await createTestMatch(mine, json.id)]
    const list = await ask('GET', `/matches?watchId=${json.id}&limit=1&sort=newest`)
    expect(list).toMatchObject({ status: 200, json: { matches: [{ id: ids[1] }], nextCursor: expect.any(String) } })
    expect((await ask('GET', `/matches/${ids[0]}`)).json).toMatchObject({ id: ids[0], history: [] })
  })

  it.each([
    ['an advert', { name: 'Bikes', urls: ['https://www.olx.pl/d/oferta/rower-CID767-ID1abcD.html'] }],
    ['a name that leads inside', { name: 'Bikes', urls: ['https://printer.local/'] }],
    ['a private address', { name: 'Bikes', urls: ['http://10.0.0.1/'] }],
    ['a name of 10,000 letters', { name: 'x'.repeat(10_000), urls: [SEARCH] }],
    ['NUL in a name', { name: 'Bi\u0000kes', urls: [SEARCH] }],
    ['a list for a name', { name: ['Bikes'], urls: [SEARCH] }],
    ['a huge number', { name: 'Bikes', urls: [SEARCH], interval: 1e300 }],
    ['nothing', null],
  ])('%s is a 400 with words, and makes nothing', async (_, body) => {
    const mine = await createTestWorkspace(test.db)
    const ask = await client(mine)
    const { status, json } = await ask('POST', '/watches', body)
    expect([status, json.code]).toEqual([400, 'bad_input'])
    expect(json.message).toMatch(/\w/)
    expect((await ask('GET', '/watches')).json).toEqual([])
  })
})
