import { type SQL, sql } from 'drizzle-orm'
import { notifyPages } from '@/db/notify-pages'
import type { SignalScope } from './record-signal'

/** Facts of the end, laid beside those of the signal as `resolved`: whoever says it says that too. */
export type Resolved = { readonly subjectId: string; readonly facts: Readonly<Record<string, unknown>> }

/**
 * What these were about is over: what waits is not sent any more, and chats that were told are told by an edit of that very
 * message. A signal of many counts them in `ended`, lays the facts beside the lines that it lists, and ends with its last
 * part. In one statement, in the caller's transaction; answers how many signals ended.
 */
export async function resolveSignals(ctx: SignalScope, ended: readonly Resolved[]): Promise<number> {
  if (ended.length === 0) return 0
  const at = ctx.now.toISOString()
  const [row] = await ctx.db.execute<{ signals: number; changed: number; edits: number }>(sql`
    with ended as (${endedRows(ended)}), resolved as (
      update signals s set resolved_at = ${at}, facts = s.facts || jsonb_build_object('resolved', e.facts)
      from ended e where s.subject_id = e.subject_id and s.workspace_id = ${ctx.workspaceId} and s.resolved_at is null
      returning s.id, s.resolved_at
    ), parts as (
      update signal_parts p set ended_at = ${at} from ended e
      where p.subject_id = e.subject_id and p.workspace_id = ${ctx.workspaceId} and p.ended_at is null
      returning p.signal_id, p.subject_id, e.facts
    ), eased as (
      update signals s set facts = ${easedFacts()}, resolved_at = case when p.count = p.open then ${at}::timestamptz end
      from (${endedParts(ctx.workspaceId)}) p
      where s.id = p.signal_id and s.workspace_id = ${ctx.workspaceId} and s.resolved_at is null
      returning s.id, s.resolved_at
    ), changed as (select id from resolved union all select id from eased), edited as (
      update deliveries d set edit_due_at = ${at}, edit_attempts = 0
      from changed r, channels c
      where d.signal_id = r.id and c.id = d.channel_id and c.kind = 'telegram' and c.off_at is null
        and d.state = 'sent' and d.provider_id is not null
      returning d.id
    )
    select (select count(*)::int from (select * from resolved union all select * from eased) s where s.resolved_at is not null)
        as signals, (select count(*)::int from changed) as changed, (select count(*)::int from edited) as edits`)
  if (row && row.edits > 0) ctx.emit({ name: 'delivery/edit', data: { workspaceId: ctx.workspaceId } })
  if (row && row.changed > 0) await notifyPages(ctx.db, ctx.workspaceId, 'deliveries')
  return row?.signals ?? 0
}

function endedRows(ended: readonly Resolved[]): SQL {
  const json = JSON.stringify(ended)
  return sql`select (r ->> 'subjectId')::uuid as subject_id, r -> 'facts' as facts from jsonb_array_elements(${json}::jsonb) r`
}

/** How many parts of each signal of many end now, of how many that were open; a statement does not see its own updates. */
function endedParts(workspaceId: string): SQL {
  return sql`
    select p.signal_id, count(*)::int as count, jsonb_object_agg(p.subject_id, p.facts) as facts, (
      select count(*)::int from signal_parts o
      where o.workspace_id = ${workspaceId} and o.signal_id = p.signal_id and o.ended_at is null
    ) as open
    from parts p group by p.signal_id`
}

function easedFacts(): SQL {
  const lines = sql`(
    select jsonb_agg(case when p.facts ? (l.line ->> 'id')
      then l.line || jsonb_build_object('resolved', p.facts -> (l.line ->> 'id')) else l.line end order by l.at)
    from jsonb_array_elements(s.facts -> 'lines') with ordinality l (line, at))`
  const ended = sql`coalesce((s.facts ->> 'ended')::int, 0) + p.count`
  return sql`s.facts || jsonb_build_object('ended', ${ended}, 'lines', coalesce(${lines}, '[]'))`
}
