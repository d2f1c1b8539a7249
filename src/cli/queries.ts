import { eq } from 'drizzle-orm'
import { members, users, workspaces } from '@/accounts/table'
import type { Database } from '@/db/client'
import { withSystem } from '@/db/scope'

/** All workspaces: whoever can run the command line administers the installation. */
export function listWorkspaces(db: Database) {
  return withSystem(db, 'command line', (tx) =>
    tx.select({ id: workspaces.id, name: workspaces.name }).from(workspaces),
  )
}

/** The members of a workspace with their addresses, the first who joined first. */
export function listMembers(db: Database, workspaceId: string) {
  return withSystem(db, 'command line', (tx) =>
    tx
      .select({ id: members.id, email: users.email, role: members.role })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(eq(members.workspaceId, workspaceId))
      .orderBy(members.createdAt),
  )
}
