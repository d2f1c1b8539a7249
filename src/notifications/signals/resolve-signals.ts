import { type SQL, sql } from 'drizzle-orm'
import { notifyPages } from '@/db/notify-pages'
import type { SignalScope } from './record-signal'

/** Facts of the end, laid beside those of the signal as `resolved`: whoever says it says that too. */
export type Resolved = { readonly subjectId: string; readonly facts: Readonly<Record<string, unknown>> }

/**
 * What these were about is over: what waits is not sent any more, and chats that were told are told by an edit of that very
 * message. In one statement, in the caller's transaction; answers how many signals ended.
 */
export async function resolveSignals(ctx: SignalScope, ended: readonly Resolved[]): Promise<number> {
  if (ended.length === 0) return 0
  const at = ctx.now.toISOString()
  const [row] = await ctx.db.execute<{ signals: number; edits: number }>(sql`
    with ended as (${endedRows(ended)}), resolved as (
      update signals s set resolved_at = ${at}, facts = s.facts || jsonb_build_object('resolved', e.facts)
      from ended e where s.subject_id = e.subject_id and s.workspace_id = ${ctx.workspaceId} and s.resolved_at is null
      returning s.id
    ), edited as (
      update deliveries d set edit_due_at = ${at}, edit_attempts = 0
      from resolved r, channels c
      where d.signal_id = r.id and c.id = d.channel_id and c.kind = 'telegram' and c.off_at is null
        and d.state = 'sent' and d.provider_id is not null
      returning d.id
    )
    select (select count(*)::int from resolved) as signals, (select count(*)::int from edited) as edits`)
  if (row && row.edits > 0) ctx.emit({ name: 'delivery/edit', data: { workspaceId: ctx.workspaceId } })
  if (row && row.signals > 0) await notifyPages(ctx.db, ctx.workspaceId, 'deliveries')
  return row?.signals ?? 0
}

function endedRows(ended: readonly Resolved[]): SQL {
  const json = JSON.stringify(ended)
  return sql`select (r ->> 'subjectId')::uuid as subject_id, r -> 'facts' as facts from jsonb_array_elements(${json}::jsonb) r`
}
