import { beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '@/accounts/create-api-token'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { addGift } from '@/giving/gifts/add-gifts'
import { newGiftSchema } from '@/giving/gifts/schema'
import { createPledge } from '@/giving/pledges/create-pledge'
import { newPledgeSchema } from '@/giving/pledges/schema'
import { createTask } from '@/giving/tasks/create-task'
import { newTaskSchema } from '@/giving/tasks/schema'
import { createTestContact } from '@/giving/testing'
import { logTouch } from '@/giving/touches/log-touch'
import { answerTrpc } from '@/trpc/http'
import { answerRest } from '@/trpc/openapi'
import { createTestRuntime, createTestWebDeps } from '@/trpc/testing'
import { giftOf, pledgeOf } from './access-rows'
import { appRouter } from './router'
import { contentsOf } from './testing'

const test = openTestDatabase()
let mine: TestWorkspace
let headers: Record<string, string>
const ids = { contact: '', gift: '', pledge: '', task: '', touch: '' }

beforeAll(async () => {
  mine = await createTestWorkspace(test.db)
  const { token } = await mine.run((ctx) => createApiToken(ctx, { name: 'Program' }))
  headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', host: 'gleaner.test' }
  ids.contact = (await createTestContact(mine)).id
  const [contactId, gift] = [ids.contact, newGiftSchema.parse(giftOf(ids.contact))]
  ids.gift = (await mine.run((ctx) => addGift(ctx, gift))).id
  ids.pledge = (await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse(pledgeOf(contactId))))).id
  ids.task = (await mine.run((ctx) => createTask(ctx, newTaskSchema.parse({ title: 'Call', contactId })))).id
  ids.touch = (await mine.run((ctx) => logTouch(ctx, { contactId, kind: 'call', note: '' }))).id
})

type Kind = keyof typeof ids
type Told = {
  readonly status: number
  readonly reason: unknown
  readonly fields: readonly string[]
  readonly json: unknown
}

function runtimeOf() {
  return createTestRuntime(createTestWebDeps(test.db))
}

async function overRest(method: string, path: string, body: unknown): Promise<Told> {
  const url = `http://gleaner.test/api/v1${path}`
  const request = new Request(url, { method, headers, ...(method !== 'GET' && { body: JSON.stringify(body) }) })
  const answer = await answerRest(appRouter, runtimeOf(), request)
  const json = await answer.json()
  return { status: answer.status, reason: json.reason ?? null, fields: Object.keys(json.fields ?? {}), json }
}

async function overTrpc(path: string, input: unknown): Promise<Told> {
  const url = `http://gleaner.test/api/trpc/${path}`
  const request = new Request(url, { method: 'POST', headers, body: JSON.stringify({ json: input }) })
  const answer = await answerTrpc(appRouter, runtimeOf(), request)
  const json = await answer.json()
  const data = json.error?.json.data ?? {}
  return { status: answer.status, reason: data.reason ?? null, fields: Object.keys(data.fields ?? {}), json }
}

const MEGABYTE = 'x'.repeat(1_000_000)
const gift = (change: object) => () => ({ ...giftOf(ids.contact), ...change })
const pledge = (change: object) => () => ({ ...pledgeOf(ids.contact), ...change })
const task = (change: object) => () => ({ title: 'Call', contactId: ids.contact, ...change })
const as = (body: object) => () => body

type Case = readonly [what: string, path: string, rest: string, kind: Kind | null, body: () => object, field: string]

const CASES: readonly Case[] = [
  ['a gift of minus one złoty', 'gifts.add', 'POST /gifts', null, gift({ amount: '-100' }), 'amount'],
  ['a gift of nothing', 'gifts.add', 'POST /gifts', null, gift({ amount: '0' }), 'amount'],
  ['a gift of ten billion', 'gifts.add', 'POST /gifts', null, gift({ amount: '1000000000000' }), 'amount'],
  ['a gift of forty digits', 'gifts.add', 'POST /gifts', null, gift({ amount: '9'.repeat(40) }), 'amount'],
  ['a gift of three decimals', 'gifts.add', 'POST /gifts', null, gift({ amount: '12.505' }), 'amount'],
  ['a gift as a number', 'gifts.add', 'POST /gifts', null, gift({ amount: 12.5 }), 'amount'],
  ['a gift in the year 20255', 'gifts.add', 'POST /gifts', null, gift({ givenOn: '20255-01-01' }), 'givenOn'],
  ['a gift of 30 February', 'gifts.add', 'POST /gifts', null, gift({ givenOn: '2026-02-30' }), 'givenOn'],
  ['a gift of the future', 'gifts.add', 'POST /gifts', null, gift({ givenOn: '2199-01-01' }), 'givenOn'],
  ['a gift in doubloons', 'gifts.add', 'POST /gifts', null, gift({ currency: 'DBL' }), 'currency'],
  ['a gift with a megabyte of note', 'gifts.add', 'POST /gifts', null, gift({ note: MEGABYTE }), 'note'],
  ['a gift by magic', 'gifts.add', 'POST /gifts', null, gift({ method: 'magic' }), 'method'],
  [
    ...(['a gift that credits less than nothing', 'gifts.add', 'POST /gifts', null] as const),
    () => ({ ...giftOf(ids.contact), softCredits: [{ contactId: ids.contact, amount: '-1' }] }),
    'softCredits.0.amount',
  ],
  [
    ...(['a batch that does not add up', 'gifts.addBatch', 'POST /gifts/batch', null] as const),
    () => ({ gifts: [giftOf(ids.contact)], controlTotal: '1' }),
    'controlTotal',
  ],
  [
    ...(['a batch with one bad day', 'gifts.addBatch', 'POST /gifts/batch', null] as const),
    () => ({ gifts: [giftOf(ids.contact), { ...giftOf(ids.contact), givenOn: '2199-01-01' }] }),
    'gifts.1.givenOn',
  ],
  ['an edit to nothing', 'gifts.edit', 'PATCH /gifts/{id}', 'gift', as({ amount: '0' }), 'amount'],
  ['an edit to the year 20255', 'gifts.edit', 'PATCH /gifts/{id}', 'gift', as({ givenOn: '20255-01-01' }), 'givenOn'],
  [
    ...(['a refund of more than the gift', 'gifts.refund', 'POST /gifts/{id}/refund', 'gift'] as const),
    ...([as({ amount: '10001', givenOn: '2026-02-01' }), 'amount'] as const),
  ],
  [
    ...(['a refund before its gift', 'gifts.refund', 'POST /gifts/{id}/refund', 'gift'] as const),
    ...([as({ givenOn: '2025-02-01' }), 'givenOn'] as const),
  ],
  ['a pledge that ends first', 'pledges.create', 'POST /pledges', null, pledge({ endOn: '2026-01-30' }), 'endOn'],
  ['a pledge of nothing', 'pledges.create', 'POST /pledges', null, pledge({ amount: '0' }), 'amount'],
  ['a pledge of minus one', 'pledges.create', 'POST /pledges', null, pledge({ amount: '-1' }), 'amount'],
  ['a pledge in doubloons', 'pledges.create', 'POST /pledges', null, pledge({ currency: 'DBL' }), 'currency'],
  ['a pledge of 1950', 'pledges.create', 'POST /pledges', null, pledge({ startOn: '1950-01-01' }), 'startOn'],
  ['a pledge of 20255', 'pledges.create', 'POST /pledges', null, pledge({ startOn: '20255-01-01' }), 'startOn'],
  ['a pledge each fortnight or so', 'pledges.create', 'POST /pledges', null, pledge({ frequency: 'x' }), 'frequency'],
  ['a pledge with a megabyte', 'pledges.create', 'POST /pledges', null, pledge({ note: MEGABYTE }), 'note'],
  ['a pledge with a grace of years', 'pledges.create', 'POST /pledges', null, pledge({ graceDays: 999 }), 'graceDays'],
  [
    ...(['terms before the start', 'pledges.changeTerms', 'POST /pledges/{id}/terms', 'pledge'] as const),
    ...([as({ fromOn: '2025-01-01', amount: '1', frequency: 'monthly' }), 'fromOn'] as const),
  ],
  [
    ...(['a pause that ends first', 'pledges.pause', 'POST /pledges/{id}/pause', 'pledge'] as const),
    ...([as({ fromOn: '2026-03-01', untilOn: '2026-02-01' }), 'untilOn'] as const),
  ],
  [
    ...(['an end before the start', 'pledges.end', 'POST /pledges/{id}/end', 'pledge'] as const),
    ...([as({ endOn: '2025-12-31' }), 'endOn'] as const),
  ],
  ['a contact of no name', 'contacts.create', 'POST /contacts', null, as({}), 'lastName'],
  [
    'a contact with a megabyte',
    'contacts.create',
    'POST /contacts',
    null,
    as({ lastName: 'x', notes: MEGABYTE }),
    'notes',
  ],
  [
    ...(['a contact who dies first', 'contacts.create', 'POST /contacts', null] as const),
    ...([as({ lastName: 'x', birthday: '1980-01-01', deceasedOn: '1979-01-01' }), 'deceasedOn'] as const),
  ],
  [
    'a contact’s status of one’s own',
    'contacts.update',
    'PATCH /contacts/{id}',
    'contact',
    as({ status: 'x' }),
    'status',
  ],
  ['a task of no title', 'tasks.create', 'POST /tasks', null, task({ title: ' ' }), 'title'],
  ['a task of the year 20255', 'tasks.create', 'POST /tasks', null, task({ dueOn: '20255-01-01' }), 'dueOn'],
  ['a task with a megabyte', 'tasks.create', 'POST /tasks', null, task({ note: MEGABYTE }), 'note'],
  ['a task’s reminder of never', 'tasks.update', 'PATCH /tasks/{id}', 'task', as({ remindAt: 'never' }), 'remindAt'],
  ['a touch with a megabyte', 'touches.update', 'PATCH /touches/{id}', 'touch', as({ note: MEGABYTE }), 'note'],
  ['a touch of next year', 'touches.update', 'PATCH /touches/{id}', 'touch', as({ at: '2199-01-01T10:00:00Z' }), 'at'],
]

/** By both doors: what a form sends and what a program sends. */
async function sendBoth(path: string, rest: string, kind: Kind | null, body: object): Promise<readonly [Told, Told]> {
  const [method = '', template = ''] = rest.split(' ')
  const id = kind === null ? '' : ids[kind]
  return [
    await overTrpc(path, kind === null ? body : { id, ...body }),
    await overRest(method, template.replace('{id}', id), body),
  ]
}

describe('bad input in giving is told at its field by both doors, and writes nothing', () => {
  it.each(CASES)('%s', async (_what, path, rest, kind, body, field) => {
    const before = await contentsOf(test.db)
    for (const told of await sendBoth(path, rest, kind, body())) {
      expect(told).toMatchObject({ status: 400, fields: expect.arrayContaining([field]) })
    }
    expect(await contentsOf(test.db)).toBe(before)
  })
})

describe('of two people who change one record the second is told by both doors, and nothing is lost', () => {
  it.each([
    ['contact', 'contacts.update', 'PATCH /contacts/{id}', { notes: 'mine' }, { notes: 'theirs' }],
    ['gift', 'gifts.edit', 'PATCH /gifts/{id}', { note: 'mine' }, { note: 'theirs' }],
    ['pledge', 'pledges.change', 'PATCH /pledges/{id}', { note: 'mine' }, { note: 'theirs' }],
    ['task', 'tasks.update', 'PATCH /tasks/{id}', { note: 'mine' }, { note: 'theirs' }],
    ['touch', 'touches.update', 'PATCH /touches/{id}', { note: 'mine' }, { note: 'theirs' }],
  ] as const)('%s', async (kind, path, rest, first, second) => {
    expect(await overTrpc(path, { id: ids[kind], version: 1, ...first })).toMatchObject({ status: 200 })
    const before = await contentsOf(test.db)
    for (const told of await sendBoth(path, rest, kind, { version: 1, ...second })) {
      expect(told).toMatchObject({ status: 409, reason: `${kind}.changed` })
    }
    expect(await contentsOf(test.db)).toBe(before)
  })
})

describe('names in any script', () => {
  const NAMES = ['عائلة الأحمد', 'משפחת כהן', '👨‍👩‍👧 Kowalscy 🎄', 'Łódź\u202E évil']
  it.each(NAMES)(
    '%s is kept for contact, group, fund and task, without what turns the text beside it',
    async (name) => {
      const kept = name.replace(/\u202E/g, '')
      const household = { kind: 'household', name }
      const made = await overRest('POST', '/contacts', household)
      const id = String(Reflect.get(Object(made.json), 'id'))
      expect((await overRest('GET', `/contacts/${id}`, null)).json).toMatchObject({ displayName: kept })
      expect(await overRest('POST', '/groups', { name })).toMatchObject({ status: 200 })
      expect(await overRest('POST', '/funds', { name })).toMatchObject({ status: 200 })
      expect(await overRest('POST', '/tasks', { title: name })).toMatchObject({ status: 200 })
      const lists = [(await overRest('GET', '/groups', null)).json, (await overRest('GET', '/funds', null)).json]
      const tasks = (await overRest('GET', '/tasks', null)).json
      for (const list of [...lists, tasks]) expect(JSON.stringify(list)).toContain(JSON.stringify(kept).slice(1, -1))
    },
  )
})

describe('what a program relies on', () => {
  const MADE = [
    ['/contacts', () => ({ lastName: 'Twice' })],
    ['/groups', () => ({ name: 'Twice' })],
    ['/funds', () => ({ name: 'Twice' })],
    ['/gifts', gift({})],
    ['/gifts/batch', () => ({ gifts: [giftOf(ids.contact), giftOf(ids.contact)] })],
    ['/pledges', pledge({})],
    ['/tasks', task({})],
    ['/touches', () => ({ contactId: ids.contact, kind: 'call' })],
  ] as const

  it.each(MADE)(
    'POST %s sent twice with its key is done once, and another under that key is refused',
    async (path, body) => {
      headers = { ...headers, 'idempotency-key': `key of ${path}` }
      const first = await overRest('POST', path, body())
      const before = await contentsOf(test.db)
      const second = await overRest('POST', path, body())
      const other = await overRest('POST', path, { ...body(), note: 'other', notes: 'other', colour: 'sage' })
      const { 'idempotency-key': _, ...plain } = headers
      headers = plain
      expect([first.status, second.json]).toEqual([200, first.json])
      expect(other).toMatchObject({ status: 409, reason: 'idempotency.otherRequest' })
      expect(await contentsOf(test.db)).toBe(before)
    },
  )

  const LISTS = [
    ['/contacts', 'contacts'],
    ['/groups', 'groups'],
    ['/gifts', 'gifts'],
    ['/pledges', 'pledges'],
    ['/instalments', 'instalments'],
    ['/tasks', 'tasks'],
    ['/touches', 'touches'],
    ['/imports', 'imports'],
  ] as const

  it.each(LISTS)('GET %s goes page by page to its end, each row once', async (path, key) => {
    if (key === 'imports') await overRest('POST', '/imports', { kind: 'contacts', fileName: 'a', csv: 'first_name\nA' })
    if (key === 'imports') await overRest('POST', '/imports', { kind: 'contacts', fileName: 'b', csv: 'first_name\nB' })
    const whose = key === 'touches' ? `&contactId=${ids.contact}` : ''
    const whole = await readPages(`${path}?limit=100${whose}`, key)
    const paged = await readPages(`${path}?limit=1${whose}`, key)
    expect(whole.length).toBeGreaterThan(1)
    expect(paged).toEqual(whole)
    expect(new Set(paged).size).toBe(paged.length)
  })

  async function readPages(path: string, key: string): Promise<unknown[]> {
    const found: unknown[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const { json } = await overRest('GET', path + after, null)
      const page = Object(json)
      found.push(...Object(Reflect.get(page, key)).map((row: { id: string }) => row.id))
      cursor = Reflect.get(page, 'nextCursor') as string | null
    }
    return found
  }
})
