import { and, inArray, lt } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import { withSystem } from '@/db/scope'
import { BUSY_STATES } from './rules'
import { imports } from './table'

const STILL_MS = 3 * 60_000
const WORK_OF = { judging: 'judge', committing: 'commit', undoing: 'undo' } as const

/** Asks again for the work of imports that have not moved for minutes. Answers how many there were. */
export async function nudgeStanding(deps: Deps): Promise<number> {
  const before = new Date(deps.clock().getTime() - STILL_MS)
  const rows = await withSystem(deps.db, 'imports', (tx) =>
    tx
      .select({ id: imports.id, workspaceId: imports.workspaceId, state: imports.state })
      .from(imports)
      .where(and(inArray(imports.state, [...BUSY_STATES]), lt(imports.movedAt, before))),
  )
  const events = rows.flatMap(({ id: importId, workspaceId, state }) => {
    const work = state in WORK_OF ? WORK_OF[state as keyof typeof WORK_OF] : null
    return work ? [{ name: `import/${work}.due`, data: { workspaceId, importId } }] : []
  })
  if (events.length > 0) await deps.send(events)
  return events.length
}
