import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { checkRole } from './check-role'
import { openDatabase } from './client'
import { openTestDatabase } from './testing'

const opened = openTestDatabase()

/** Asks as a role of its own, made with these words, on the database of this file. */
async function checkAs(attributes: string, grant = ''): Promise<void> {
  const role = `role_${randomUUID().replaceAll('-', '')}`
  const admin = postgres(inject('adminUrl'), { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create role ${role} login password 'x' ${attributes}`)
  if (grant) await admin.unsafe(`grant gleaner_system to ${role} ${grant}`)
  const url = new URL(opened.url)
  url.username = role
  url.password = 'x'
  const db = openDatabase({ url: url.href, max: 1 })
  onTestFinished(async () => {
    await db.$client.end()
    await admin.unsafe(`drop role ${role}`)
    await admin.end()
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
