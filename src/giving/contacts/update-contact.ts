import { eq, sql } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { replaceGroups } from '../groups/join-groups'
import { checkOwner, checkPast, readCustomValues } from './create-contact'
import { joinHousehold } from './join-household'
import { displayName, ownNames, sortName } from './rules-names'
import type { ChangeContact } from './schema'
import { contacts } from './table'
import { type ContactRow, lockContact } from './visible-contacts'
import { writePoints } from './write-points'
import { writeWords } from './write-words'

/**
 * Changes what is given and leaves the rest. Throws `conflict` (`contact.changed`) where somebody changed the contact since
 * that version was read: nothing of theirs is overwritten, and nothing of this is written.
 */
export async function updateContact(ctx: Ctx, input: ChangeContact): Promise<{ id: string; version: number }> {
  requirePermission(ctx, 'contacts.write')
  const { id, version, points, groupIds, householdId, ownerId, custom, ...rest } = input
  const row = await lockContact(ctx, id)
  if (version !== undefined && version !== row.version) throw changedMeanwhile()
  const named = checkName({ ...row, ...withoutUndefined(rest) })
  checkPast(ctx, named)
  const changes = {
    ...rest,
    ...ownNames(named),
    ...(ownerId === undefined ? {} : { ownerId: await checkOwner(ctx, ownerId) }),
    ...(custom && { custom: { ...row.custom, ...(await changedValues(ctx, custom)) } }),
    ...{ displayName: displayName(named), sortName: sortName(named), updatedAt: ctx.now },
  }
  if (householdId !== undefined) await joinHousehold(ctx, id, householdId)
  if (points) await writePoints(ctx, id, points)
  if (groupIds) await replaceGroups(ctx, id, groupIds)
  await ctx.db
    .update(contacts)
    .set({ ...changes, version: sql`${contacts.version} + 1` })
    .where(eq(contacts.id, id))
  await writeWords(ctx, id)
  await noteChange(ctx, input, row)
  return { id, version: row.version + 1 }
}

export function changedMeanwhile(): AppError {
  return new AppError('conflict', 'an older version', { reason: 'contact.changed' })
}

function withoutUndefined<Part extends object>(part: Part): Part {
  // The same keys, less those that say nothing.
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part
}

/** Nobody is left without a name. */
function checkName<Row extends Parameters<typeof displayName>[0]>(row: Row): Row {
  if (displayName(row) !== '') return row
  const field = row.kind === 'person' ? 'lastName' : 'name'
  throw new AppError('bad_input', 'no name', { reason: 'contact.noName', values: { field } })
}

/** Emptied values are kept as empty, so that they take the place of what was there. */
async function changedValues(ctx: Ctx, custom: Readonly<Record<string, string>>) {
  const emptied = Object.entries(custom).filter(([, value]) => value.trim() === '')
  return { ...Object.fromEntries(emptied.map(([id]) => [id, ''])), ...(await readCustomValues(ctx, custom)) }
}

async function noteChange(ctx: Ctx, input: ChangeContact, before: ContactRow): Promise<void> {
  const { id, version: _version, ...given } = input
  const changed = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [key]))
  const moved = input.status !== undefined && input.status !== before.status
  await writeAudit(ctx, 'contact.update', id, {
    changed,
    ...(moved && { status: { from: before.status, to: input.status } }),
  })
  await notifyPages(ctx.db, ctx.workspaceId, 'contacts', id)
}
