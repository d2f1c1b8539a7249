import { and, eq, isNull } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { members, users, workspaces } from '@/accounts/table'
import { mondayOf } from '@/kernel/dates'
import { findMemberChannels } from '@/notifications/channels/find-member-channels'
import { recordSignal } from '@/notifications/signals/record-signal'
import { gatherSummary, type SummaryMember } from './gather-summary'
import { type CareDay, readCareDay } from './read-day'
import { hasNews, isSummaryDue } from './rules-summary'
import { DEFAULT_PREFERENCES } from './save-preferences'
import { carePreferences, summaries } from './table'

/** Makes the summaries whose hour has come by `at`: one a member and week, and none where there is nothing to say. */
export async function sendSummaries(ctx: Ctx, at = ctx.now): Promise<{ made: number; sent: number }> {
  const day = await readCareDay(ctx, at)
  const waiting = await findWaiting(ctx, day)
  let sent = 0
  for (const member of waiting) if (await sendOne(ctx, day, member)) sent++
  return { made: waiting.length, sent }
}

async function findWaiting(ctx: Ctx, { today, timeZone, now }: CareDay): Promise<readonly SummaryMember[]> {
  const rows = await ctx.db
    .select({ memberId: members.id, role: members.role, createdAt: members.createdAt, chosen: carePreferences })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .leftJoin(carePreferences, eq(carePreferences.memberId, members.id))
    .leftJoin(summaries, and(eq(summaries.memberId, members.id), eq(summaries.weekOf, mondayOf(today))))
    .where(isNull(summaries.memberId))
  return rows.filter(({ chosen }) => {
    const { summary, summaryWeekday: weekday, summaryHour: hour } = chosen ?? DEFAULT_PREFERENCES
    return summary && isSummaryDue({ weekday, hour }, { today, now, timeZone })
  })
}

/** The week is taken first: of two runs at once the second finds it gone. */
async function sendOne(ctx: Ctx, day: CareDay, member: SummaryMember): Promise<boolean> {
  const { memberId } = member
  const weekOf = mondayOf(day.today)
  const row = { workspaceId: ctx.workspaceId, memberId, weekOf, createdAt: ctx.now }
  const taken = await ctx.db.insert(summaries).values(row).onConflictDoNothing().returning({ weekOf: summaries.weekOf })
  if (taken.length === 0) return false
  const facts = await gatherSummary(ctx, { ...day, workspace: await nameOf(ctx) }, member)
  if (!hasNews(facts)) return false
  const channels = (await findMemberChannels(ctx, [memberId])).get(memberId) ?? []
  const channelIds = channels.filter(({ kind }) => kind === 'email').map(({ id }) => id)
  const dedupeKey = `summary.weekly:${memberId}:${weekOf}`
  const signalId = await recordSignal(ctx, {
    kind: 'summary.weekly',
    dedupeKey,
    subjectId: null,
    watchId: null,
    facts,
    channelIds,
  })
  const mine = and(eq(summaries.memberId, memberId), eq(summaries.weekOf, weekOf))
  await ctx.db.update(summaries).set({ signalId }).where(mine)
  return channelIds.length > 0
}

export async function nameOf(ctx: Pick<Ctx, 'db' | 'workspaceId'>): Promise<string> {
  const [row] = await ctx.db
    .select({ name: workspaces.name })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId))
  return row?.name ?? ''
}
