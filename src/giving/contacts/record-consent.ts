import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import type { ConsentInput } from './schema'
import { contactConsents } from './table'
import { lockContact } from './visible-contacts'

const DAY_MS = 86_400_000

/** Keeps what they allowed or refused, with where and when; what they decided before stays on record. */
export async function recordConsent(ctx: Ctx, input: ConsentInput): Promise<{ id: string }> {
  requirePermission(ctx, 'contacts.write')
  const { id: contactId, channel, granted, source, decidedOn } = input
  const latest = new Date(ctx.now.getTime() + DAY_MS).toISOString().slice(0, 10)
  if (decidedOn > latest) {
    throw new AppError('bad_input', 'decided in the future', {
      reason: 'contact.futureDate',
      values: { field: 'decidedOn' },
    })
  }
  await lockContact(ctx, contactId)
  const { workspaceId, now } = ctx
  await ctx.db
    .insert(contactConsents)
    .values({ workspaceId, contactId, channel, granted, source, decidedOn, createdAt: now })
  await writeAudit(ctx, 'contact.consent', contactId, { channel, granted })
  await notifyPages(ctx.db, workspaceId, 'contacts', contactId)
  return { id: contactId }
}
