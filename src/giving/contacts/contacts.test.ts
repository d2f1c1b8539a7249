import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '@/accounts/context'
import type { Role } from '@/accounts/rules-permissions'
import { auditEntries } from '@/accounts/table'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { createGroup } from '../groups/create-group'
import { addToGroup } from '../groups/join-groups'
import { newGroupSchema } from '../groups/schema'
import { createTestContact, joinTestMember } from '../testing'
import { deleteContacts, restoreContacts } from './delete-contacts'
import { exportContacts } from './export-contacts'
import { findSimilar } from './find-similar'
import { createField, deleteField } from './keep-fields'
import { findNeighbours, getContact, listContacts } from './queries'
import { recordConsent } from './record-consent'
import { changeContactSchema, listContactsSchema, newContactSchema, similarSchema } from './schema'
import { setContactOwner } from './set-contact-owner'
import { setContactStatus, writeStatus } from './set-contact-status'
import { contactPoints } from './table'
import { updateContact } from './update-contact'

const test = openTestDatabase()
let mine: TestWorkspace
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
})

const find = (input: object = {}) => mine.run((ctx) => listContacts(ctx, listContactsSchema.parse(input)))
const namesOf = async (input: object = {}) => (await find(input)).contacts.map((row) => row.displayName)
const change = (input: object) => mine.run((ctx) => updateContact(ctx, changeContactSchema.parse(input)))
const read = (id: string) => mine.run((ctx) => getContact(ctx, id))
const email = (value: string, rest: object = {}) => ({ kind: 'email' as const, value, ...rest })
const phone = (value: string, rest: object = {}) => ({ kind: 'phone' as const, value, ...rest })

const joinAs = (role: Role) => joinTestMember(test.db, mine, role)

describe('entering and changing contacts', () => {
  it('a household, its members and an organisation keep their points, groups and owner', async () => {
    const { id: householdId } = await createTestContact(mine, { kind: 'household', salutation: 'Anna i Jan' })
    const { id } = await createTestContact(mine, {
      householdId,
      points: [
        email('Anna@Example.org'),
        phone('600 100 200'),
        { kind: 'address', value: '', address: { city: 'Łódź', street: 'Polna 1' } },
      ],
    })
    const anna = await read(id)
    expect(anna).toMatchObject({ displayName: 'Anna Nowak', ownerName: 'Test Owner', household: { id: householdId } })
    expect(anna.points).toMatchObject([
      { kind: 'email', value: 'Anna@Example.org', primary: true, dial: null },
      { kind: 'phone', value: '600 100 200', primary: true, dial: '+48600100200' },
      { kind: 'address', value: 'Polna 1, Łódź', address: { city: 'Łódź' } },
    ])
    expect((await read(householdId)).members).toEqual([{ id, displayName: 'Anna Nowak' }])
    expect((await find({ q: 'nowak' })).contacts).toMatchObject([
      { displayName: 'Anna Nowak', email: 'Anna@Example.org', phone: '600 100 200', city: 'Łódź' },
      { displayName: 'Nowakowie', email: null },
    ])
  })

  it('the second of two people who edit one contact is told, and nothing of either is lost', async () => {
    const { id, version } = await createTestContact(mine, { notes: 'old' })
    await change({ id, version, notes: 'from the first' })
    await expect(change({ id, version, lastName: 'Second', notes: 'from the second' })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'contact.changed',
    })
    expect(await read(id)).toMatchObject({ lastName: 'Nowak', notes: 'from the first', version: 2 })
    await change({ id, version: 2, lastName: 'Second' })
    expect(await read(id)).toMatchObject({ displayName: 'Anna Second', notes: 'from the first', version: 3 })
  })

  it('of two who save at the same moment one is told', async () => {
    const { id, version } = await createTestContact(mine)
    const both = await Promise.allSettled(['a', 'b'].map((notes) => change({ id, version, notes })))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('one point of each kind that holds is primary; a changed one keeps since when it bounces', async () => {
    const { id } = await createTestContact(mine, {
      points: [
        email('old@example.org', { historic: true, primary: true }),
        email('a@example.org'),
        email('b@example.org', { bounced: true }),
      ],
    })
    const before = (await read(id)).points
    expect(before.map(({ value, primary }) => [value, primary])).toEqual([
      ['a@example.org', true],
      ['b@example.org', false],
      ['old@example.org', false],
    ])
    const bouncing = before.find(({ bounced }) => bounced)
    const since = () =>
      mine.run((ctx) =>
        ctx.db
          .select()
          .from(contactPoints)
          .where(eq(contactPoints.id, bouncing?.id ?? '')),
      )
    const [first] = await since()
    await change({ id, points: before.map((point) => ({ ...point, primary: point.id === bouncing?.id })) })
    expect(await since()).toMatchObject([{ bouncedAt: first?.bouncedAt, primary: true, createdAt: first?.createdAt }])
    await change({ id, points: [] })
    expect((await read(id)).points).toEqual([])
  })

  it.each([
    ['an e-mail address without @', { points: [email('anna')] }, 'points.0.value'],
    ['letters for a phone', { points: [email('a@b.pl'), phone('call me')] }, 'points.1.value'],
    ['an empty address', { points: [{ kind: 'address' }] }, 'points.0.value'],
    ['a birthday to come', { birthday: '2199-01-01' }, 'birthday'],
    ['a death to come', { deceasedOn: '2199-01-01' }, 'deceasedOn'],
    ['a stranger for owner', { ownerId: newId() }, 'ownerId'],
    ['a person for a household', { householdId: 'self' }, 'householdId'],
    ['a field that is none', { custom: { [newId()]: 'x' } }, 'custom.'],
  ])('%s is refused at its field, and nothing is written', async (_what, parts, field) => {
    const { id } = await createTestContact(mine, { firstName: 'Before' })
    const given = 'householdId' in parts ? { householdId: id } : parts
    await expect(createTestContact(mine, given as object)).rejects.toMatchObject({
      values: { field: expect.stringContaining(field) },
    })
    expect(await namesOf()).toEqual(['Before Nowak'])
  })

  it('nobody is left without a name', async () => {
    expect(newContactSchema.safeParse({}).error?.issues).toMatchObject([
      { path: ['lastName'], message: 'contact.noName' },
    ])
    expect(newContactSchema.safeParse({ kind: 'household', lastName: 'x' }).error?.issues).toMatchObject([
      { path: ['name'] },
    ])
    const { id } = await createTestContact(mine, { firstName: '' })
    await expect(change({ id, lastName: '' })).rejects.toMatchObject({ reason: 'contact.noName' })
  })

  it('right-to-left and emoji names are kept and found; what turns the text beside them is not', async () => {
    const { id } = await createTestContact(mine, { firstName: '\u202Eמִרְיָם', lastName: 'كوفالسكي 👩‍👩‍👧' })
    expect(await read(id)).toMatchObject({ displayName: 'מִרְיָם كوفالسكي 👩‍👩‍👧' })
    expect(await namesOf({ q: 'כוף' })).toEqual([])
    expect([(await namesOf({ q: 'מרים' })).length, (await namesOf({ q: 'كوف' })).length]).toEqual([1, 1])
  })

  it('notes of a megabyte are refused at the field; control characters in a name are refused', () => {
    const long = newContactSchema.safeParse({ lastName: 'x', notes: 'x'.repeat(1_000_000) })
    expect(long.error?.issues).toMatchObject([{ path: ['notes'], code: 'too_big' }])
    for (const lastName of ['a\0b', 'a\nb', 'a\u001Bb'])
      expect(newContactSchema.safeParse({ lastName }).success).toBe(false)
  })
})

describe('fields of the workspace’s own', () => {
  it('values are kept by field, read by its kind, and stay when the field is hidden', async () => {
    const { id: parish } = await mine.run((ctx) =>
      createField(ctx, { name: 'Parish', kind: 'choice', choices: ['A', 'B'] }),
    )
    const { id: size } = await mine.run((ctx) => createField(ctx, { name: 'Size', kind: 'number', choices: [] }))
    const { id } = await createTestContact(mine, { custom: { [parish]: 'A', [size]: '1,5' } })
    await change({ id, custom: { [size]: '' } })
    expect((await read(id)).custom).toEqual({ [parish]: 'A' })
    await expect(change({ id, custom: { [parish]: 'C' } })).rejects.toMatchObject({ reason: 'contact.badValue' })
    await mine.run((ctx) => deleteField(ctx, parish))
    expect((await read(id)).custom).toEqual({ [parish]: 'A' })
  })

  it('two fields of one name, and a choice of nothing, are refused', async () => {
    await mine.run((ctx) => createField(ctx, { name: 'Łódź', kind: 'text', choices: [] }))
    const again = mine.run((ctx) => createField(ctx, { name: 'lodz', kind: 'text', choices: [] }))
    await expect(again).rejects.toMatchObject({ reason: 'contact.fieldTaken' })
    const none = mine.run((ctx) => createField(ctx, { name: 'x', kind: 'choice', choices: [] }))
    await expect(none).rejects.toMatchObject({ reason: 'contact.noChoices' })
  })
})

describe('finding contacts', () => {
  it('lodz finds Łódź, and every word must fit the beginning of one', async () => {
    await createTestContact(mine, { kind: 'organisation', name: 'Dom Dziecka Łódź' })
    await createTestContact(mine, { firstName: 'Łucja', lastName: 'Łodziak', points: [phone('512 345 678')] })
    expect(await namesOf({ q: 'lodz' })).toEqual(['Dom Dziecka Łódź', 'Łucja Łodziak'])
    expect(await namesOf({ q: 'LODZ dom' })).toEqual(['Dom Dziecka Łódź'])
    expect(await namesOf({ q: '512 34' })).toEqual(['Łucja Łodziak'])
    expect(await namesOf({ q: 'odz' })).toEqual([])
  })

  it('a changed name or point is found by the new one and not by the old', async () => {
    const { id } = await createTestContact(mine, { points: [email('old@example.org')] })
    await change({ id, lastName: 'Wiśniewska', points: [email('new@example.org')] })
    const found = await Promise.all(['wisn', 'new@', 'nowak', 'old@'].map((q) => namesOf({ q })))
    expect(found.map((names) => names.length)).toEqual([1, 1, 0, 0])
  })

  it('pages follow one another without a gap or a repeat, by name and newest first', async () => {
    const wanted = ['A', 'Ą', 'B', 'b', 'Ć', 'a_1']
    for (const lastName of wanted) await createTestContact(mine, { firstName: '', lastName })
    for (const sort of ['name', 'newest']) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page = await find({ sort, limit: 2, cursor })
        seen.push(...page.contacts.map((row) => row.displayName))
        cursor = page.nextCursor
      } while (cursor)
      expect(seen.toSorted()).toEqual(wanted.toSorted())
      if (sort === 'newest') expect(seen).toEqual(wanted.toReversed())
    }
    await expect(find({ cursor: 'x' })).rejects.toMatchObject({ reason: 'contact.badCursor' })
    await expect(find({ cursor: `${newId()}_now`, sort: 'newest' })).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('filters by kind, status, group, owner and nobody’s', async () => {
    const { id } = await createTestContact(mine, { firstName: 'One', status: 'asked' })
    await createTestContact(mine, { kind: 'household', ownerId: null })
    const { id: groupId } = await mine.run((ctx) => createGroup(ctx, newGroupSchema.parse({ name: 'Choir' })))
    await mine.run((ctx) => addToGroup(ctx, groupId, [id]))
    for (const filter of [{ kind: 'person' }, { status: 'asked' }, { groupId }, { ownerId: mine.memberId }]) {
      expect(await namesOf(filter)).toEqual(['One Nowak'])
    }
    expect(await namesOf({ unowned: true })).toEqual(['Nowakowie'])
    expect((await find({ groupId })).contacts).toMatchObject([{ groups: [{ name: 'Choir', colour: 'neutral' }] }])
  })

  it('neighbours are those of the list', async () => {
    const ids: string[] = []
    for (const lastName of ['A', 'B', 'C']) ids.push((await createTestContact(mine, { firstName: '', lastName })).id)
    const of = (id: string | undefined) => mine.run((ctx) => findNeighbours(ctx, id ?? ''))
    expect(await Promise.all(ids.map(of))).toEqual([
      { previousId: null, nextId: ids[1] },
      { previousId: ids[0], nextId: ids[2] },
      { previousId: ids[1], nextId: null },
    ])
  })

  it('somebody of the same e-mail address, phone or name is named before they are entered twice', async () => {
    const { id } = await createTestContact(mine, { points: [email('anna@example.org'), phone('600 100 200')] })
    const similar = (input: object) => mine.run((ctx) => findSimilar(ctx, similarSchema.parse(input)))
    expect(await similar({ lastName: 'x', emails: ['ANNA@example.org'] })).toMatchObject([{ id, same: 'email' }])
    expect(await similar({ lastName: 'x', phones: ['+48 600 100 200'] })).toMatchObject([{ id, same: 'phone' }])
    expect(await similar({ firstName: 'anna', lastName: 'NOWAK' })).toMatchObject([{ id, same: 'name' }])
    expect(await similar({ firstName: 'Anna', lastName: 'Nowak', except: id })).toEqual([])
    expect(await similar({ lastName: 'Kowalska' })).toEqual([])
  })
})

describe('many at once', () => {
  it('status, owner, deletion and its undo reach those that are there, and each has its line in the log', async () => {
    const ids = [(await createTestContact(mine)).id, (await createTestContact(mine, { firstName: 'Ewa' })).id]
    expect(await mine.run((ctx) => setContactStatus(ctx, [...ids, newId()], 'asked'))).toEqual({ changed: 2 })
    expect(await mine.run((ctx) => setContactOwner(ctx, ids, null))).toEqual({ changed: 2 })
    expect((await find({ status: 'asked', unowned: true })).contacts.length).toBe(2)
    expect(await mine.run((ctx) => deleteContacts(ctx, ids))).toEqual({ changed: 2 })
    expect(await namesOf()).toEqual([])
    expect(await mine.run((ctx) => restoreContacts(ctx, ids))).toEqual({ changed: 2 })
    expect((await namesOf()).length).toBe(2)
    await expect(mine.run((ctx) => restoreContacts(ctx, ids))).rejects.toMatchObject({ code: 'not_found' })
    const log = await mine.run((ctx) =>
      ctx.db
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.subjectId, ids[0] ?? '')),
    )
    const actions = ['create', 'status', 'owner', 'delete', 'restore'].map((verb) => `contact.${verb}`)
    expect(log.map(({ action }) => action).toSorted()).toEqual(actions.toSorted())
  })

  it('a status that a rule sets is logged, and whoever edits the contact meanwhile loses nothing', async () => {
    const { id, version } = await createTestContact(mine)
    expect(await mine.run((ctx) => writeStatus(ctx, [id], 'donor', 'a gift'))).toEqual([id])
    expect(await mine.run((ctx) => writeStatus(ctx, [id], 'donor', 'a gift'))).toEqual([])
    await change({ id, version, notes: 'meanwhile' })
    expect(await read(id)).toMatchObject({ status: 'donor', notes: 'meanwhile' })
    const log = await mine.run((ctx) =>
      ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'contact.status')),
    )
    expect(log).toMatchObject([{ facts: { from: 'prospect', to: 'donor', why: 'a gift' } }])
  })

  it('the chosen ones leave as CSV, with their primary points', async () => {
    const { id } = await createTestContact(mine, {
      points: [email('a@example.org'), phone('600 100 200')],
      notes: '=2+2',
    })
    const { csv } = await mine.run((ctx) => exportContacts(ctx, [id]))
    expect(csv.split('\r\n')[1]).toBe(`Anna,Nowak,a@example.org,600 100 200,,,,,,'=2+2`)
  })

  it('the newest decision of a channel holds; a decision of tomorrow is none', async () => {
    const { id } = await createTestContact(mine)
    const decide = (granted: boolean, decidedOn: string) =>
      mine.run((ctx) => recordConsent(ctx, { id, channel: 'email', granted, source: 'form', decidedOn }))
    await decide(true, '2026-01-02')
    await decide(false, '2026-01-01')
    expect((await read(id)).consents).toMatchObject([{ channel: 'email', granted: true, decidedOn: '2026-01-02' }])
    await expect(decide(true, '2199-01-01')).rejects.toMatchObject({ reason: 'contact.futureDate' })
  })
})

describe('a contact’s sub-lists are open to nobody else', () => {
  it('staff find, read and change their own contacts alone', async () => {
    const staff = await joinAs('staff')
    const { id: theirs } = await createTestContact(mine, { firstName: 'Other', points: [email('x@example.org')] })
    const { id: own } = await createTestContact(staff, { firstName: 'Own' })
    const shown = await staff.run((ctx) => listContacts(ctx, listContactsSchema.parse({})))
    expect(shown.contacts.map(({ id }) => id)).toEqual([own])
    const attempts: ((ctx: Ctx) => Promise<unknown>)[] = [
      (ctx) => getContact(ctx, theirs),
      (ctx) => findNeighbours(ctx, theirs),
      (ctx) => updateContact(ctx, { id: theirs, notes: 'x' }),
      (ctx) => updateContact(ctx, { id: theirs, points: [] }),
      (ctx) => deleteContacts(ctx, [theirs]),
      (ctx) => restoreContacts(ctx, [theirs]),
      (ctx) => setContactStatus(ctx, [theirs], 'asked'),
      (ctx) => setContactOwner(ctx, [theirs], staff.memberId),
      (ctx) => exportContacts(ctx, [theirs]),
      (ctx) =>
        recordConsent(ctx, { id: theirs, channel: 'email', granted: true, source: 'x', decidedOn: '2026-01-01' }),
    ]
    for (const attempt of attempts) await expect(staff.run(attempt)).rejects.toMatchObject({ code: 'not_found' })
    const similar = similarSchema.parse({ lastName: 'x', emails: ['x@example.org'] })
    expect(await staff.run((ctx) => findSimilar(ctx, similar))).toEqual([])
    expect((await read(theirs)).points.length).toBe(1)
  })

  it('finance and viewers see everybody’s; a viewer changes nothing', async () => {
    const { id } = await createTestContact(mine)
    const [finance, viewer] = [await joinAs('finance'), await joinAs('viewer')]
    for (const one of [finance, viewer]) expect((await one.run((ctx) => getContact(ctx, id))).id).toBe(id)
    await expect(viewer.run((ctx) => updateContact(ctx, { id, notes: 'x' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('a household shows a member of staff only those of its people that are theirs', async () => {
    const staff = await joinAs('staff')
    const { id: householdId } = await createTestContact(mine, { kind: 'household', ownerId: staff.memberId })
    const { id: person } = await createTestContact(mine, { householdId })
    expect((await staff.run((ctx) => getContact(ctx, householdId))).members).toEqual([])
    await mine.run((ctx) => setContactOwner(ctx, [person], staff.memberId))
    expect((await staff.run((ctx) => getContact(ctx, householdId))).members).toMatchObject([{ id: person }])
  })

  it('another workspace’s id is refused by the database itself, whatever a verb forgets', async () => {
    const other = await createTestWorkspace(test.db)
    const { id: contactId } = await createTestContact(other)
    const { workspaceId } = mine
    const point = { workspaceId, contactId, kind: 'email' as const, value: 'x', folded: 'x' }
    await expect(mine.run((ctx) => ctx.db.insert(contactPoints).values(point))).rejects.toMatchObject({
      cause: { code: '23503' },
    })
  })
})
