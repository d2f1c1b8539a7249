import { pino } from 'pino'
import type { Database } from '@/db/client'
import { withSystem, withWorkspace } from '@/db/scope'
import { mintWorkspaceId, newId, type WorkspaceId } from '@/kernel/ids'
import type { Ctx, Deps, JobEvent } from './context'
import type { Role } from './rules-permissions'
import { members, users, workspaces } from './table'

/** A workspace of its own for one test, with its owner. */
export type TestWorkspace = {
  readonly workspaceId: WorkspaceId
  readonly memberId: string
  readonly userId: string
  /** Runs `work` as that member, in one transaction. */
  readonly run: <T>(work: (ctx: Ctx) => Promise<T>, now?: Date) => Promise<T>
  /** The events that were emitted so far. */
  readonly emitted: readonly JobEvent[]
}

export async function createTestWorkspace(db: Database, role: Role = 'owner'): Promise<TestWorkspace> {
  const workspaceId = mintWorkspaceId(newId())
  const [memberId, userId] = [newId(), newId()]
  await withSystem(db, 'test', async (tx) => {
    await tx.insert(users).values({ id: userId, email: `${userId}@example.org`, name: 'Test Owner' })
    await tx.insert(workspaces).values({ id: workspaceId, name: 'Test' })
    await tx.insert(members).values({ id: memberId, workspaceId, userId, role })
  })
  const emitted: JobEvent[] = []
  const actor = { kind: 'member', memberId, userId, role } as const
  const log = pino({ level: 'silent' })
  return {
    workspaceId,
    memberId,
    userId,
    emitted,
    run: (work, now = new Date()) =>
      withWorkspace(db, workspaceId, (tx) =>
        work({ workspaceId, actor, db: tx, now, log, emit: (event) => emitted.push(event) }),
      ),
  }
}

/** A process's dependencies for tests: a silent log, and a record of what was sent to the job engine. */
export function createTestDeps(db: Database, clock: () => Date = () => new Date()): Deps & { sent: JobEvent[] } {
  const sent: JobEvent[] = []
  const send = async (events: readonly JobEvent[]) => {
    sent.push(...events)
  }
  return { db, log: pino({ level: 'silent' }), clock, send, sent }
}
