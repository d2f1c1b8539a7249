import { randomUUID } from 'node:crypto'
import { expect, inject, onTestFinished, test } from 'vitest'
import { askOnce } from './ask-once'
import { checkRole } from './check-role'
import { closeDatabase, openDatabase } from './client'
import { openTestDatabase } from './testing'

const opened = openTestDatabase()

/** Asks as a role of its own, made with these words, on the database of this file. */
async function checkAs(attributes: string, grant = ''): Promise<void> {
  const role = `role_${randomUUID().replaceAll('-', '')}`
  const admin = (statement: string) => askOnce(inject('adminUrl'), statement)
  await admin(`create role ${role} login password 'x' ${attributes}`)
  if (grant) await admin(`grant gleaner_system to ${role} ${grant}`)
  const url = new URL(opened.url)
  url.username = role
  url.password = 'x'
  const db = openDatabase({ url: url.href, max: 1 })
  onTestFinished(async () => {
    await closeDatabase(db)
    await admin(`drop role ${role}`)
  })
  await checkRole(db)
}

test("the installation's own role is safe", async () => {
  await expect(checkRole(opened.db)).resolves.toBeUndefined()
})

test('a superuser is refused, for row-level security does not hold for one', async () => {
  await expect(checkAs('superuser')).rejects.toThrow('is a superuser, so workspaces would not be kept apart')
})

test('a role with BYPASSRLS is refused', async () => {
  await expect(checkAs('bypassrls')).rejects.toThrow('has BYPASSRLS')
})

test('a role that inherits the system role is refused, and one that may only turn to it is not', async () => {
  await expect(checkAs('', 'with inherit true')).rejects.toThrow('inherits gleaner_system')
  await expect(checkAs('', 'with inherit false, set true')).resolves.toBeUndefined()
})
