import { and, eq, inArray, isNull } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { AppError } from '@/kernel/app-error'
import { contactRollups, contactSums } from '../gifts/table'
import { expectNoDrift, give, paidOf } from '../gifts/testing'
import { finishWork } from '../imports/run-import'
import { createImporter } from '../imports/testing'
import { beginUndo } from '../imports/undo-import'
import { createPledge } from '../pledges/create-pledge'
import { newPledgeSchema } from '../pledges/schema'
import { createTask } from '../tasks/create-task'
import { newTaskSchema } from '../tasks/schema'
import { tasks } from '../tasks/table'
import { createTestContact, joinTestMember } from '../testing'
import { logTouch } from '../touches/log-touch'
import { listTouches } from '../touches/queries'
import { mergeContacts } from './merge-contacts'
import { getContact, listContacts } from './queries'
import { listContactsSchema } from './schema'
import { contacts } from './table'

const test = openTestDatabase()
const NOW = new Date('2026-05-15T12:00:00Z')
let mine: TestWorkspace
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
})

const email = (value: string) => ({ kind: 'email' as const, value })
const household = (name: string, parts: object = {}) => createTestContact(mine, { kind: 'household', name, ...parts })
const merge = (id: string, otherId: string, version?: number) =>
  mine.run((ctx) => mergeContacts(ctx, { id, otherId, version }), NOW)

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? [error.code, error.reason] : error
}

describe('two households that become one', () => {
  it('have one ledger: gifts, pledges, what they pay, totals', async () => {
    const [kept, other] = [(await household('Nowakowie')).id, (await household('Nowak family')).id]
    const promised = { contactId: kept, amount: '10000', currency: 'PLN', frequency: 'monthly', startOn: '2026-01-31' }
    await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse(promised)), NOW)
    await give(mine, { contactId: other, givenOn: '2026-02-02', amount: 15000 })
    await give(mine, { contactId: kept, givenOn: '2026-04-02', amount: 5000 })
    await give(mine, { contactId: other, givenOn: '2026-03-02', amount: 1000, method: 'in_kind' })
    await merge(kept, other)
    expect(await paidOf(mine, 3)).toEqual(['2026-01-31 100/100', '2026-02-28 100/100', '2026-03-31 0/100'])
    expect(await mine.run((ctx) => ctx.db.select().from(contactRollups))).toMatchObject([
      { contactId: kept, gifts: 2, inKind: 1, firstGiftOn: '2026-02-02', lastGiftOn: '2026-04-02' },
    ])
    expect(await mine.run((ctx) => ctx.db.select().from(contactSums))).toMatchObject([{ total: 20000n }])
    await expectNoDrift(mine)
  })

  it('have all their people, points, tasks and touches, and are found by either name’s address', async () => {
    const { id: kept } = await household('Nowakowie', { points: [email('a@example.org')], notes: 'First' })
    const { id: other } = await household('Family', {
      points: [email('a@example.org'), email('b@example.org'), { kind: 'phone', value: '600 100 200' }],
      ...{ notes: 'Second', salutation: 'Anna and Jan', doNotContact: true },
    })
    const { id: jan } = await createTestContact(mine, { firstName: 'Jan', householdId: other })
    await mine.run((ctx) => createTask(ctx, newTaskSchema.parse({ title: 'Call', contactId: other })))
    await mine.run((ctx) => logTouch(ctx, { contactId: other, kind: 'call', note: 'x' }))
    await merge(kept, other)
    const shown = await mine.run((ctx) => getContact(ctx, kept))
    expect(shown).toMatchObject({
      notes: 'First\n\nSecond',
      salutation: 'Anna and Jan',
      doNotContact: true,
      version: 2,
    })
    expect(shown.members.map(({ id }) => id)).toEqual([jan])
    expect(shown.points.map(({ value, primary }) => [value, primary]).sort()).toEqual([
      ...[['600 100 200', true] as const, ['a@example.org', true] as const, ['b@example.org', false] as const],
    ])
    expect(await mine.run((ctx) => ctx.db.select().from(tasks))).toMatchObject([{ contactId: kept }])
    const { touches } = await mine.run((ctx) => listTouches(ctx, { contactId: kept, limit: 10 }))
    expect(touches).toHaveLength(1)
    const found = await mine.run((ctx) => listContacts(ctx, listContactsSchema.parse({ q: 'b@example' })))
    expect(found.contacts.map(({ id }) => id)).toEqual([kept])
  })

  it('at the same moment, each into the other: one stays', async () => {
    const [a, b] = [(await household('A')).id, (await household('B')).id]
    await give(mine, { contactId: a, givenOn: '2026-02-02', amount: 100 })
    await give(mine, { contactId: b, givenOn: '2026-02-02', amount: 100 })
    const results = await Promise.allSettled([merge(a, b), merge(b, a)])
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const both = and(inArray(contacts.id, [a, b]), isNull(contacts.deletedAt))
    expect(await mine.run((ctx) => ctx.db.select().from(contacts).where(both))).toHaveLength(1)
    await expectNoDrift(mine)
  })
})

describe('a merge', () => {
  it('leaves an import what it was: the same file again doubles nothing, and its undo takes all of it back', async () => {
    const importer = createImporter(test.db, mine)
    const HEAD =
      'contact_email,contact_first_name,contact_last_name,amount,date,donation_type,payment_method,external_id,notes'
    const row = (name: string) => `${name}@example.org,${name},Lis,"10,00",2026-02-02,,cash,,`
    const text = [HEAD, row('a'), row('a'), row('b')].join('\n')
    const importId = await importer.send('gifts', text)
    const people = await mine.run((ctx) => ctx.db.select().from(contacts).orderBy(contacts.sortName))
    await merge(people[0]?.id ?? '', people[1]?.id ?? '')
    await importer.send('gifts', text)
    expect(await mine.run((ctx) => ctx.db.select().from(contactSums))).toMatchObject([{ gifts: 3, total: 3000n }])
    await mine.run((ctx) => beginUndo(ctx, importId))
    await finishWork(importer.deps, importer.refOf(importId), 'undo')
    expect(await mine.run((ctx) => ctx.db.select().from(contactSums))).toEqual([])
    await expectNoDrift(mine)
  })

  it('credits nobody for their own gift, and adds up what two were credited', async () => {
    const [kept, other] = [(await createTestContact(mine)).id, (await createTestContact(mine)).id]
    const { id: giver } = await createTestContact(mine, { lastName: 'Zych' })
    const credits = (...ids: string[]) => ids.map((contactId) => ({ contactId, amount: '100' }))
    const given = { givenOn: '2026-02-02', amount: 1000 }
    await give(mine, { contactId: other, ...given, softCredits: credits(kept) })
    await give(mine, { contactId: giver, ...given, softCredits: credits(kept, other) })
    await merge(kept, other)
    const sums = await mine.run((ctx) => ctx.db.select().from(contactSums).where(eq(contactSums.contactId, kept)))
    expect(sums).toMatchObject([{ total: 1000n, softTotal: 200n }])
    await expectNoDrift(mine)
  })

  it('is refused with oneself, with another kind, of an older version, and of contacts that the actor does not see', async () => {
    const [{ id: person }, { id: house }] = [await createTestContact(mine), await household('B')]
    const { id: twin } = await createTestContact(mine)
    expect(await refusal(merge(person, person))).toEqual(['bad_input', 'contact.mergeSelf'])
    expect(await refusal(merge(person, house))).toEqual(['bad_input', 'contact.mergeKinds'])
    expect(await refusal(merge(person, twin, 7))).toEqual(['conflict', 'contact.changed'])
    const staff = await joinTestMember(test.db, mine, 'staff')
    const byStaff = staff.run((ctx) => mergeContacts(ctx, { id: person, otherId: twin }))
    expect(await refusal(byStaff)).toEqual(['not_found', 'contact.notFound'])
    const notes = 'x'.repeat(15_000)
    const long = [await createTestContact(mine, { notes }), await createTestContact(mine, { notes })]
    expect(await refusal(merge(long[0]?.id ?? '', long[1]?.id ?? ''))).toEqual(['bad_input', 'contact.mergeNotes'])
    const open = await mine.run((ctx) => ctx.db.select().from(contacts).where(isNull(contacts.deletedAt)))
    expect(open).toHaveLength(5)
  })
})
