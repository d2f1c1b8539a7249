import { type SQL, sql } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { findContact } from '../contacts/visible-contacts'
import type { TimelineEvent, TimelineInput, TimelinePage } from './schema'

type Row = Omit<TimelineEvent, 'at'> & { readonly at: string }

/**
 * All that happened with a contact, newest first: touches, tasks, gifts, what became of pledges, alerts that were sent and
 * changes. Each part reads one page off its own index, so that the page costs the same however long the story is.
 */
export async function readTimeline(ctx: Ctx, { contactId, cursor, limit }: TimelineInput): Promise<TimelinePage> {
  requirePermission(ctx, 'contacts.read')
  await findContact(ctx, contactId)
  const [at, id] = cursor?.split('_') ?? []
  const parts = partsOf(ctx.workspaceId, contactId).map((part) => {
    const before = at && id ? sql`where (at, id) < (${at}::timestamptz, ${id}::uuid)` : sql``
    return sql`(select * from (${part}) p ${before} order by at desc, id desc limit ${limit + 1})`
  })
  const rows = await ctx.db.execute<Row>(sql`
    select e.id, e.kind, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.what, e.text,
      e.amount::text as amount, e.currency, e.day::text as "on", e.done, u.name as who
    from (${sql.join(parts, sql` union all `)}) e
    left join members m on m.workspace_id = ${ctx.workspaceId} and m.id::text = split_part(e.actor, ':', 2)
    left join users u on u.id = m.user_id
    order by e.at desc, e.id desc limit ${limit + 1}`)
  const events = rows.slice(0, limit)
  const last = rows.length > limit ? events.at(-1) : undefined
  return { events: [...events], nextCursor: last ? `${last.at}_${last.id}` : null }
}

/** Each with the columns id, kind, at, what, text, amount, currency, day, done, actor. */
function partsOf(workspaceId: string, contactId: string): readonly SQL[] {
  const own = sql`workspace_id = ${workspaceId} and contact_id = ${contactId}`
  const nothing = sql`null::bigint as amount, null::char(3) as currency`
  return [
    sql`select id, 'touch' as kind, at, kind as what, note as text, ${nothing}, null::date as day, true as done,
      created_by as actor from touches where ${own} and deleted_at is null`,
    sql`select id, 'task' as kind, coalesce(done_at, created_at) as at, kind as what, title as text, ${nothing}, due_on as day,
      done_at is not null as done, created_by as actor from tasks where ${own} and deleted_at is null`,
    sql`select id, case when reverses_id is null then 'gift' else 'refund' end as kind, created_at as at,
      case when voided_at is null then 'gift' else 'voided' end as what, note as text, amount, currency, given_on as day,
      voided_at is null as done, created_by as actor from gifts where ${own}`,
    sql`select a.id, 'pledge' as kind, a.created_at as at, a.action as what, '' as text, null::bigint as amount,
      p.currency, null::date as day, true as done, a.actor
      from pledges p join audit_entries a on a.workspace_id = p.workspace_id and a.subject_id = p.id
      where p.workspace_id = ${workspaceId} and p.contact_id = ${contactId}`,
    sql`select id, 'change' as kind, created_at as at, action as what, coalesce(facts ->> 'to', '') as text, ${nothing},
      null::date as day, true as done, actor from audit_entries
      where workspace_id = ${workspaceId} and subject_id = ${contactId}`,
    sql`select s.id, 'alert' as kind, s.created_at as at, s.kind as what, '' as text, ${nothing}, e.since_on as day,
      s.resolved_at is not null as done, '' as actor
      from care_episodes e join signals s on s.workspace_id = e.workspace_id and s.subject_id = e.id
      where e.workspace_id = ${workspaceId} and e.contact_id = ${contactId}`,
  ]
}
