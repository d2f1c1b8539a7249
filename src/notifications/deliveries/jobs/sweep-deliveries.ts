import { sql } from 'drizzle-orm'
import { withSystem } from '@/db/scope'
import { onCron } from '@/jobs/define'
import type { OutboxDeps } from '../deliver-message'

/** The rows are the truth: whatever became of their events, a minute later they are sent. */
export const sweepDeliveries = onCron<OutboxDeps>(
  { id: 'sweep-deliveries', cron: '* * * * *', concurrency: { limit: 1 } },
  async (deps, { step }) => step.run('sweep', () => sweep(deps)),
)

type LaneRow = { readonly workspaceId: string; readonly kind: string }

/**
 * Skips what waits for a channel that is off or deleted, also what was on its way when its sender died (its lease ran out
 * at `due_at`), and wakes every lane that has something due.
 */
export async function sweep(deps: OutboxDeps): Promise<{ lanes: number }> {
  const now = deps.clock().toISOString()
  const lanes = await withSystem(deps.db, 'sweep deliveries', async (tx) => {
    await tx.execute(sql`
      update deliveries d set state = 'skipped', uncertain = d.uncertain or d.state = 'sending',
        lease_id = null, lease_until = null,
        reason = case when c.deleted_at is null then 'channel_off' else 'channel_deleted' end
      from channels c
      where c.id = d.channel_id and d.state in ('pending', 'sending') and d.due_at <= ${now}
        and (c.off_at is not null or c.deleted_at is not null)`)
    return tx.execute<LaneRow>(sql`
      select distinct c.workspace_id as "workspaceId", c.kind
      from deliveries d join channels c on c.id = d.channel_id
      where d.state in ('pending', 'sending') and d.due_at <= ${now} and c.off_at is null and c.deleted_at is null`)
  })
  await deps.send(lanes.map(toEvent))
  return { lanes: lanes.length }
}

function toEvent({ workspaceId, kind }: LaneRow) {
  return { name: 'delivery/due', data: { workspaceId, kind, lane: `${workspaceId}/${kind}` } }
}
