import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '@/accounts/context'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { newId } from '@/kernel/ids'
import { getContact } from '../contacts/queries'
import { changeContactSchema } from '../contacts/schema'
import { updateContact } from '../contacts/update-contact'
import { createTestContact, joinTestMember } from '../testing'
import { createGroup } from './create-group'
import { deleteGroup, restoreGroup } from './delete-group'
import { addToGroup, removeFromGroup } from './join-groups'
import { listGroups } from './queries'
import { newGroupSchema } from './schema'
import { updateGroup } from './update-group'

const test = openTestDatabase()
let mine: TestWorkspace
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
})

type Member = Pick<TestWorkspace, 'run'>
const make = (who: Member, name: string, personal = false) =>
  who.run((ctx) => createGroup(ctx, newGroupSchema.parse({ name, personal })))
const namesOf = async (who: Member) => (await who.run(listGroups)).map(({ name }) => name)

describe('groups of contacts', () => {
  it('contacts come in and go out, twice is once, and each reader counts those that they may see', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const ids = [(await createTestContact(mine)).id, (await createTestContact(staff)).id]
    const { id } = await make(mine, 'Choir')
    expect(await mine.run((ctx) => addToGroup(ctx, id, ids))).toEqual({ changed: 2 })
    expect(await mine.run((ctx) => addToGroup(ctx, id, ids))).toEqual({ changed: 0 })
    expect(await mine.run(listGroups)).toMatchObject([{ name: 'Choir', count: 2, personal: false }])
    expect(await staff.run(listGroups)).toMatchObject([{ count: 1 }])
    expect(await mine.run((ctx) => removeFromGroup(ctx, id, [ids[0] ?? '']))).toEqual({ changed: 1 })
  })

  it('a personal group is its member’s alone, also for the owner of the workspace', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const { id } = await make(staff, 'Mine', true)
    await make(mine, 'Mine', true)
    expect([await namesOf(staff), await namesOf(mine)]).toEqual([['Mine'], ['Mine']])
    const attempts: ((ctx: Ctx) => Promise<unknown>)[] = [
      (ctx) => updateGroup(ctx, { id, name: 'x' }),
      (ctx) => deleteGroup(ctx, id),
      (ctx) => restoreGroup(ctx, id),
      (ctx) => addToGroup(ctx, id, [newId()]),
    ]
    for (const attempt of attempts) await expect(mine.run(attempt)).rejects.toMatchObject({ reason: 'group.notFound' })
  })

  it('whoever changes a contact’s groups leaves those that they cannot see', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const { id } = await createTestContact(staff)
    const { id: own } = await make(staff, 'Own', true)
    const { id: shared } = await make(mine, 'Shared')
    await staff.run((ctx) => addToGroup(ctx, own, [id]))
    const change = (groupIds: string[]) =>
      mine.run((ctx) => updateContact(ctx, changeContactSchema.parse({ id, groupIds })))
    await change([shared])
    await change([])
    expect((await staff.run((ctx) => getContact(ctx, id))).groups).toMatchObject([{ name: 'Own' }])
    await expect(change([own])).rejects.toMatchObject({ reason: 'group.notFound' })
  })

  it('a contact of another member is not put into a group by staff', async () => {
    const staff = await joinTestMember(test.db, mine, 'staff')
    const { id: contactId } = await createTestContact(mine)
    const { id } = await make(staff, 'Choir')
    const add = staff.run((ctx) => addToGroup(ctx, id, [contactId]))
    await expect(add).rejects.toMatchObject({ reason: 'contact.notFound' })
  })

  it('two of one name are refused; a deleted one comes back with its contacts, unless its name was taken', async () => {
    const { id: contactId } = await createTestContact(mine)
    const { id } = await make(mine, 'Łódź')
    await mine.run((ctx) => addToGroup(ctx, id, [contactId]))
    await expect(make(mine, ' lodz ')).rejects.toMatchObject({ reason: 'group.taken' })
    await mine.run((ctx) => deleteGroup(ctx, id))
    expect(await namesOf(mine)).toEqual([])
    await mine.run((ctx) => restoreGroup(ctx, id))
    expect(await mine.run(listGroups)).toMatchObject([{ count: 1 }])
    await mine.run((ctx) => deleteGroup(ctx, id))
    await make(mine, 'Łódź')
    await expect(mine.run((ctx) => restoreGroup(ctx, id))).rejects.toMatchObject({ reason: 'group.taken' })
  })
})
