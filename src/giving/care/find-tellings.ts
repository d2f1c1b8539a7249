import { sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { PledgeAlerts } from './schema'

type Episode = PledgeAlerts['episodes'][number]
type Row = Omit<Episode, 'tellings' | 'gift'> & {
  readonly contactId: string
  readonly gift: Partial<NonNullable<Episode['gift']>> | null
  readonly tellings: Episode['tellings'] | null
}

/** Beyond these only the audit remembers. */
const MOST = 20

/**
 * The stretches in which a pledge was late, the newest first, each with what was told to whom, by which ways and what came
 * of them: alone, or as a part of a signal of many.
 */
export async function findTellings(
  { db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>,
  pledgeId: string,
): Promise<Episode[]> {
  const rows = await db.execute<Row>(sql`
    with lasted as (
      select * from care_episodes where workspace_id = ${workspaceId} and kind = 'pledge.late' and subject_id = ${pledgeId}
      order by opened_at desc limit ${MOST}
    ), told as (
      select e.id as episode_id, s.facts -> 'resolved' as gift, s.* from lasted e
      join signals s on s.workspace_id = e.workspace_id and s.subject_id = e.id
      union all
      select e.id, (select l -> 'resolved' from jsonb_array_elements(s.facts -> 'lines') l where l ->> 'id' = e.id::text), s.*
      from lasted e join signal_parts p on p.workspace_id = e.workspace_id and p.subject_id = e.id
      join signals s on s.workspace_id = p.workspace_id and s.id = p.signal_id
    ), ways as (
      select t.id as signal_id, jsonb_agg(jsonb_build_object('id', d.id, 'kind', h.kind, 'state', d.state, 'reason', d.reason)
        order by h.kind, d.id) as ways
      from told t join deliveries d on d.workspace_id = t.workspace_id and d.signal_id = t.id
      join channels h on h.id = d.channel_id group by t.id
    ), said as (
      select t.episode_id, max(t.gift::text) as gift, jsonb_agg(jsonb_build_object(
        'id', t.id, 'at', t.created_at, 'to', coalesce(u.name, ''), 'together', t.kind = 'pledge.late_many',
        'ways', coalesce(w.ways, '[]')) order by t.created_at, t.id) as tellings
      from told t left join ways w on w.signal_id = t.id
      left join members m on m.workspace_id = t.workspace_id and m.id::text = right(t.dedupe_key, 36)
      left join users u on u.id = m.user_id
      group by t.episode_id
    )
    select e.id, e.since_on::text as "sinceOn", e.opened_at::text as "openedAt", e.resolved_at::text as "resolvedAt",
      e.resolution, s.gift::jsonb as gift, s.tellings
    from lasted e left join said s on s.episode_id = e.id order by e.opened_at desc`)
  return rows.map(toEpisode)
}

function toEpisode({ id, sinceOn, openedAt, resolvedAt, resolution, gift, tellings }: Row): Episode {
  const { amount, currency, on } = gift ?? {}
  return {
    ...{ id, sinceOn, resolution },
    openedAt: isoOf(openedAt),
    resolvedAt: resolvedAt && isoOf(resolvedAt),
    gift: amount && currency && on ? { amount, currency, on } : null,
    tellings: (tellings ?? []).map((one) => ({ ...one, at: isoOf(one.at) })),
  }
}

function isoOf(text: string): string {
  return new Date(text).toISOString()
}
