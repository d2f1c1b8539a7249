import type { z } from 'zod'
import type { Ctx } from '@/accounts/context'
import type { Role } from '@/accounts/rules-permissions'
import { members, users } from '@/accounts/table'
import type { TestWorkspace } from '@/accounts/testing'
import type { Database } from '@/db/client'
import { withSystem } from '@/db/scope'
import { newId } from '@/kernel/ids'
import { createContact } from './contacts/create-contact'
import { newContactSchema } from './contacts/schema'

/** A contact of that workspace, entered by its member; a person called "Anna Nowak" unless you say otherwise. */
export function createTestContact(
  { run }: TestWorkspace,
  parts: Partial<z.input<typeof newContactSchema>> = {},
): Promise<{ id: string; version: number }> {
  const named = { firstName: 'Anna', lastName: 'Nowak', name: 'Nowakowie' }
  return run((ctx) => createContact(ctx, newContactSchema.parse({ ...named, ...parts })))
}

/** Another member of that workspace; `run` works as them. */
export async function joinTestMember(db: Database, workspace: TestWorkspace, role: Role): Promise<TestWorkspace> {
  const { workspaceId } = workspace
  const [memberId, userId] = [newId(), newId()]
  await withSystem(db, 'test', async (tx) => {
    await tx.insert(users).values({ id: userId, email: `${userId}@example.org`, name: `Test ${role}` })
    await tx.insert(members).values({ id: memberId, workspaceId, userId, role })
  })
  const actor = { kind: 'member', memberId, userId, role } as const
  const run = <T>(work: (ctx: Ctx) => Promise<T>, now?: Date) => workspace.run((ctx) => work({ ...ctx, actor }), now)
  return { ...workspace, memberId, userId, run }
}
