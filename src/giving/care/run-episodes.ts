import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { daysBetween, type PlainDate, todayIn } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { endEpisodes } from './end-episodes'
import type { CareDay } from './read-day'
import { type EpisodeKind, type EpisodeRule, type EpisodeStep, stepEpisode } from './rules-episodes'
import { careEpisodes } from './table'

/** What a check found wrong about one subject. */
export type Finding = {
  readonly subjectId: string
  readonly contactId: string
  readonly ownerId: string | null
  readonly bucket: number
  readonly sinceOn: PlainDate
}

/** A finding that members are to hear of now; `told`: how many times, this one among them. */
export type Telling = Finding & { readonly episodeId: string; readonly told: number }

type Episode = typeof careEpisodes.$inferSelect
type Day = Pick<CareDay, 'today' | 'timeZone' | 'now'>

type Check = {
  readonly kind: EpisodeKind
  readonly rule: EpisodeRule
  /** Subjects that were not found but stay open. */
  readonly kept?: ReadonlySet<string>
}

/**
 * Compares what a check found with what is open: opens, eases, tells again and ends episodes of one kind, each in a
 * statement or two however many there are. Answers what is to be told.
 */
export async function runEpisodes(
  ctx: Ctx,
  day: Day,
  { kind, rule, kept }: Check,
  findings: readonly Finding[],
): Promise<readonly Telling[]> {
  const open = await openEpisodes(ctx, kind)
  const steps = findings.map((finding) => stepOf(finding, open.get(finding.subjectId), day, rule))
  const found = new Set(findings.map(({ subjectId }) => subjectId))
  const gone = [...open.keys()].filter((subjectId) => !found.has(subjectId) && !kept?.has(subjectId))
  await endEpisodes(ctx, kind, gone, 'ended')
  await openNew(
    ctx,
    day,
    kind,
    steps.filter(({ step }) => step === 'open'),
  )
  await changeKnown(
    ctx,
    day,
    steps.filter(({ step }) => step === 'tell_again' || step === 'ease'),
  )
  return steps.filter(({ step }) => step === 'open' || step === 'tell_again').map(({ telling }) => telling)
}

async function openEpisodes(ctx: Ctx, kind: EpisodeKind): Promise<ReadonlyMap<string, Episode>> {
  const rows = await ctx.db
    .select()
    .from(careEpisodes)
    .where(and(eq(careEpisodes.kind, kind), isNull(careEpisodes.resolvedAt)))
  return new Map(rows.map((row) => [row.subjectId, row]))
}

type Step = { readonly step: EpisodeStep; readonly telling: Telling }

function stepOf(finding: Finding, open: Episode | undefined, { today, timeZone }: Day, rule: EpisodeRule): Step {
  if (!open) return { step: 'open', telling: { ...finding, episodeId: newId(), told: 1 } }
  const toldDaysAgo = daysBetween(todayIn(timeZone, open.toldAt), today)
  const step = stepEpisode({ bucket: open.bucket, toldDaysAgo }, finding.bucket, rule)
  return { step, telling: { ...finding, episodeId: open.id, told: open.told + (step === 'tell_again' ? 1 : 0) } }
}

const CHUNK = 5000

/** As JSON: a statement takes 65,535 parameters. */
async function openNew(ctx: Ctx, { now }: Day, kind: EpisodeKind, steps: readonly Step[]): Promise<void> {
  const [openedAt, toldAt] = [ctx.now.toISOString(), now.toISOString()]
  for (let from = 0; from < steps.length; from += CHUNK) {
    const rows = JSON.stringify(steps.slice(from, from + CHUNK).map(({ telling }) => telling))
    await ctx.db.execute(sql`
      insert into care_episodes (id, workspace_id, kind, subject_id, contact_id, bucket, since_on, opened_at, told_at)
      select r."episodeId", ${ctx.workspaceId}, ${kind}, r."subjectId", r."contactId", r.bucket, r."sinceOn",
        ${openedAt}::timestamptz, ${toldAt}::timestamptz
      from json_to_recordset(${rows}::json) r ("episodeId" uuid, "subjectId" uuid, "contactId" uuid, bucket smallint,
        "sinceOn" date)`)
  }
}

async function changeKnown(ctx: Ctx, { now }: Day, steps: readonly Step[]): Promise<void> {
  for (let from = 0; from < steps.length; from += CHUNK) {
    const slice = steps.slice(from, from + CHUNK)
    const rows = JSON.stringify(slice.map(({ step, telling }) => ({ ...telling, tell: step === 'tell_again' })))
    await ctx.db.execute(sql`
      update care_episodes e set bucket = r.bucket, since_on = r."sinceOn", told = r.told,
        told_at = case when r.tell then ${now.toISOString()}::timestamptz else e.told_at end
      from json_to_recordset(${rows}::json) r ("episodeId" uuid, bucket smallint, "sinceOn" date, told smallint, tell boolean)
      where e.id = r."episodeId"`)
  }
}
