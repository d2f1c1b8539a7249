import { and, eq, isNull } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { Role } from '@/accounts/rules-permissions'
import { members } from '@/accounts/table'
import { mondayOf } from '@/kernel/dates'
import { findMemberChannels } from '@/notifications/channels/find-member-channels'
import { recordSignal } from '@/notifications/signals/record-signal'
import { NO_PART, type WeekPart } from '@/notifications/weekly-part'
import { openSummaries } from './gather-summary'
import { readSummaryDay, type SummaryDay } from './read-week'
import { hasNews, isSummaryDue, type SummaryFacts } from './rules-summary'
import { DEFAULT_PREFERENCES } from './save-preferences'
import { carePreferences, summaries } from './table'

type Waiting = { readonly memberId: string; readonly userId: string; readonly role: Role }

/**
 * Makes the summaries whose hour has come by `at`: one a member and week, and none where there is nothing to say. `other`:
 * what the other half adds.
 */
export async function sendSummaries(
  ctx: Ctx,
  at = ctx.now,
  other: WeekPart = NO_PART,
): Promise<{ made: number; sent: number }> {
  const day = await readSummaryDay(ctx, at)
  const waiting = await findWaiting(ctx, day)
  const gather = openSummaries(day, other)
  let sent = 0
  for (const member of waiting) if (await sendOne(ctx, day, member, gather)) sent++
  return { made: waiting.length, sent }
}

async function findWaiting(ctx: Ctx, { today, timeZone, now }: SummaryDay): Promise<readonly Waiting[]> {
  const rows = await ctx.db
    .select({
      memberId: members.id,
      userId: members.userId,
      role: members.role,
      joinedAt: members.createdAt,
      chosen: carePreferences,
    })
    .from(members)
    .leftJoin(carePreferences, eq(carePreferences.memberId, members.id))
    .leftJoin(summaries, and(eq(summaries.memberId, members.id), eq(summaries.weekOf, mondayOf(today))))
    .where(isNull(summaries.memberId))
  return rows.filter(({ chosen, joinedAt }) => {
    const { summary, summaryWeekday: weekday, summaryHour: hour } = chosen ?? DEFAULT_PREFERENCES
    return summary && isSummaryDue({ weekday, hour, joinedAt }, { today, now, timeZone })
  })
}

/** The week is taken first: of two runs at once the second finds it gone. */
async function sendOne(
  ctx: Ctx,
  day: SummaryDay,
  { memberId, userId, role }: Waiting,
  gather: (reader: Ctx) => Promise<SummaryFacts>,
): Promise<boolean> {
  const weekOf = mondayOf(day.today)
  const row = { workspaceId: ctx.workspaceId, memberId, weekOf, createdAt: ctx.now }
  const taken = await ctx.db.insert(summaries).values(row).onConflictDoNothing().returning({ weekOf: summaries.weekOf })
  if (taken.length === 0) return false
  // As the reader: what their role does not let them see is not gathered either.
  const facts = await gather({ ...ctx, now: day.now, actor: { kind: 'member', memberId, userId, role } })
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
