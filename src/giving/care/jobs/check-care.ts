import { sql } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { withSystem } from '@/db/scope'
import { onCron, onEvent } from '@/jobs/define'
import { nowOf } from '@/jobs/rules-tick'
import { checkWorkspace } from '../check-workspace'
import { CHECK_HOUR } from '../read-day'

/**
 * Every five minutes: workspaces whose hour of checking has come and whose day was not checked yet. By the clock on the
 * workspace's wall, so that a day of daylight saving has one check too.
 */
export const checkCare = onCron<Deps>(
  { id: 'check-care', cron: '*/5 * * * *', concurrency: { limit: 1 } },
  async (deps, { event, step }) => {
    const moved = nowOf(event)
    const due = await step.run('find workspaces', () => findDue(deps, moved ?? deps.clock()))
    const events = due.map(({ id: workspaceId }) => ({
      name: 'care/check.due' as const,
      data: moved ? { workspaceId, now: moved.toISOString() } : { workspaceId },
    }))
    if (events.length > 0) await step.sendEvent('check them', events)
    if (moved === null) return { workspaces: due.length }
    // Whoever moved the clock back wonders why nothing came of it.
    const checked = await step.run('count those checked', () => countChecked(deps, moved))
    return { workspaces: due.length, checkedAlready: checked }
  },
)

/** The checks of one workspace; a day is checked once. */
export const checkCareDue = onEvent<Deps, 'care/check.due'>(
  { id: 'check-care-due', event: 'care/check.due', concurrency: { limit: 1, key: 'event.data.workspaceId' } },
  async (deps, { event, step }) => {
    const { workspaceId, now } = event.data
    const at = now === undefined ? undefined : new Date(now)
    return step.run('check', () => runAsJob(deps, workspaceId, 'check-care', (ctx) => checkWorkspace(ctx, at)))
  },
)

type Due = { readonly id: string }

function findDue({ db }: Deps, now: Date): Promise<readonly Due[]> {
  const at = sql`${now.toISOString()}::timestamptz at time zone w.time_zone`
  return withSystem(db, 'find workspaces to check', (tx) =>
    tx.execute<Due>(sql`
      select w.id from workspaces w left join giving_settings s on s.workspace_id = w.id
      where w.giving and extract(hour from ${at}) >= coalesce(s.check_hour, ${CHECK_HOUR})
        and (s.checked_on is null or s.checked_on < (${at})::date)`),
  )
}

/** Workspaces whose checks have come to that day or beyond. */
async function countChecked({ db }: Deps, now: Date): Promise<number> {
  const [row] = await withSystem(db, 'count checked workspaces', (tx) =>
    tx.execute<{ count: number }>(sql`
      select count(*)::int as count from workspaces w join giving_settings s on s.workspace_id = w.id
      where w.giving and s.checked_on >= (${now.toISOString()}::timestamptz at time zone w.time_zone)::date`),
  )
  return row?.count ?? 0
}
