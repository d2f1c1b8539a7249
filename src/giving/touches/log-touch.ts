import { nameOf, writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { endEpisodes } from '../care/end-episodes'
import { NOT_CONTACTED_DAYS } from '../care/rules-contacted'
import { findContact } from '../contacts/visible-contacts'
import type { LogTouch } from './schema'
import { touches } from './table'

const DAY_MS = 86_400_000

/** A call, visit, letter, message or meeting that took place: who was silent has been spoken to. */
export async function logTouch(ctx: Ctx, { contactId, kind, at, note }: LogTouch): Promise<{ id: string }> {
  requirePermission(ctx, 'tasks.write')
  await findContact(ctx, contactId)
  const when = at === undefined ? ctx.now : new Date(at)
  refuseFuture(when, ctx.now)
  const id = newId()
  const memberId = ctx.actor.kind === 'job' ? null : ctx.actor.memberId
  const { workspaceId, now: createdAt } = ctx
  const row = { id, workspaceId, contactId, memberId, kind, at: when, note, createdAt, createdBy: nameOf(ctx.actor) }
  await ctx.db.insert(touches).values(row)
  await writeAudit(ctx, 'touch.log', id, { contactId, kind })
  // A call of long ago ends no silence of today.
  if (ctx.now.getTime() - when.getTime() < NOT_CONTACTED_DAYS * DAY_MS)
    await endEpisodes(ctx, 'contact.silent', [contactId], 'ended')
  await notifyPages(ctx.db, workspaceId, 'touches', contactId)
  return { id }
}

export function refuseFuture(when: Date, now: Date): void {
  if (when.getTime() <= now.getTime() + DAY_MS) return
  throw new AppError('bad_input', 'a touch in the future', { reason: 'touch.future', values: { field: 'at' } })
}
