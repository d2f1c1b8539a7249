import { eq } from 'drizzle-orm'
import { nameOf } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import type { PlainDate } from '@/kernel/dates'
import { newId } from '@/kernel/ids'
import { readWorkspace } from '../gifts/read-workspace'
import { lockPledge, type Parts, readParts, refuseClosed } from './find-pledge'
import type { PausePledge, ResumePledge } from './schema'
import { settlePledge, touchPledge } from './settle-pledge'
import { pledgePauses } from './table'

/** Agreed silence: what is due in it is skipped, nobody is late for it, and nobody is told as silent. */
export async function pausePledge(ctx: Ctx, { id, version, fromOn, untilOn, reason }: PausePledge) {
  requirePermission(ctx, 'pledges.write')
  refuseClosed(await lockPledge(ctx, { id, version }))
  if ((await pausesOf(ctx, id)).some((pause) => overlaps(pause, { fromOn, untilOn }))) throw pausedAlready()
  await ctx.db.insert(pledgePauses).values({
    ...{ id: newId(), workspaceId: ctx.workspaceId, pledgeId: id, fromOn, untilOn, reason },
    ...{ createdAt: ctx.now, createdBy: nameOf(ctx.actor) },
  })
  await touchPledge(ctx, id)
  return settlePledge(ctx, id, { action: 'pledge.pause', facts: { fromOn, untilOn, reason } })
}

/** Goes on from the next due date, never in the past: what the pause has skipped stays skipped. */
export async function resumePledge(ctx: Ctx, { id, version, on }: ResumePledge) {
  requirePermission(ctx, 'pledges.write')
  refuseClosed(await lockPledge(ctx, { id, version }))
  const { today } = await readWorkspace(ctx)
  const from = on ?? today
  if (from < today) throw resumedInPast()
  const pause = (await pausesOf(ctx, id)).find(({ untilOn }) => untilOn === null || untilOn > from)
  if (!pause) throw notPaused()
  if (pause.fromOn < from) await ctx.db.update(pledgePauses).set({ untilOn: from }).where(eq(pledgePauses.id, pause.id))
  else await ctx.db.delete(pledgePauses).where(eq(pledgePauses.id, pause.id))
  await touchPledge(ctx, id)
  return settlePledge(ctx, id, { action: 'pledge.resume', facts: { on: from } })
}

async function pausesOf(ctx: Ctx, id: string): Promise<Parts['pauses']> {
  return (await readParts(ctx, [id])).get(id)?.pauses ?? []
}

type Days = { readonly fromOn: PlainDate; readonly untilOn: PlainDate | null }

function overlaps(a: Days, b: Days): boolean {
  return (a.untilOn === null || b.fromOn < a.untilOn) && (b.untilOn === null || a.fromOn < b.untilOn)
}

function pausedAlready(): AppError {
  return new AppError('conflict', 'paused in these days', {
    reason: 'pledge.pausedAlready',
    values: { field: 'fromOn' },
  })
}

function notPaused(): AppError {
  return new AppError('conflict', 'nothing to resume', { reason: 'pledge.notPaused' })
}

function resumedInPast(): AppError {
  return new AppError('bad_input', 'resumed in the past', { reason: 'pledge.resumeInPast', values: { field: 'on' } })
}
