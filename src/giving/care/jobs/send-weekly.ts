import { sql } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { withSystem } from '@/db/scope'
import { onCron, onEvent } from '@/jobs/define'
import { nowOf } from '@/jobs/rules-tick'
import type { WeekPart } from '@/notifications/weekly-part'
import { sendSummaries } from '../send-summaries'

/** `otherWeek`: what the other half adds to a summary. */
type SummaryDeps = Deps & { readonly otherWeek: WeekPart }

/** Each quarter of an hour: workspaces with a member who has had no summary in the week that it is there. */
export const sendWeekly = onCron<Deps>(
  { id: 'send-weekly', cron: '*/15 * * * *', concurrency: { limit: 1 } },
  async (deps, { event, step }) => {
    const moved = nowOf(event)
    const waiting = await step.run('find workspaces', () => findWaiting(deps, moved ?? deps.clock()))
    const events = waiting.map(({ id: workspaceId }) => ({
      name: 'care/summary.due' as const,
      data: moved ? { workspaceId, now: moved.toISOString() } : { workspaceId },
    }))
    if (events.length > 0) await step.sendEvent('make them', events)
    return { workspaces: waiting.length }
  },
)

/** The summaries of one workspace; which member's hour has come is decided there. */
export const sendWeeklyDue = onEvent<SummaryDeps, 'care/summary.due'>(
  { id: 'send-weekly-due', event: 'care/summary.due', concurrency: { limit: 1, key: 'event.data.workspaceId' } },
  async (deps, { event, step }) => {
    const { workspaceId, now } = event.data
    const at = now === undefined ? undefined : new Date(now)
    return step.run('send', () =>
      runAsJob(deps, workspaceId, 'send-weekly', (ctx) => sendSummaries(ctx, at, deps.otherWeek)),
    )
  },
)

function findWaiting({ db }: Deps, now: Date): Promise<readonly { readonly id: string }[]> {
  const at = sql`${now.toISOString()}::timestamptz at time zone w.time_zone`
  return withSystem(db, 'find summaries', (tx) =>
    tx.execute<{ id: string }>(sql`
      select w.id from workspaces w where (w.giving or w.bargains) and exists (
        select from members m left join care_preferences p on p.member_id = m.id
        where m.workspace_id = w.id and coalesce(p.summary, true)
          and extract(isodow from ${at}) >= coalesce(p.summary_weekday, 1)
          and (extract(isodow from ${at}) > coalesce(p.summary_weekday, 1) or extract(hour from ${at}) >= coalesce(p.summary_hour, 8))
          and not exists (select from summaries s where s.member_id = m.id and s.week_of = date_trunc('week', ${at})::date)
      )`),
  )
}
