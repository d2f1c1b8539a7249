import { and, eq, isNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { members } from '@/accounts/table'
import { notifyPages } from '@/db/notify-pages'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { replaceGroups } from '../groups/join-groups'
import { joinHousehold } from './join-household'
import { readCustom } from './rules-custom'
import { displayName, ownNames, sortName } from './rules-names'
import type { NewContact } from './schema'
import { contacts, customFields } from './table'
import { writePoints } from './write-points'
import { writeWords } from './write-words'

/** Enters somebody who gives or may give. Who looks after them: as said, else whoever enters them. */
export async function createContact(ctx: Ctx, input: NewContact): Promise<{ id: string; version: number }> {
  requirePermission(ctx, 'contacts.write')
  const { points, groupIds, householdId, ownerId: wanted, ...rest } = input
  const [id, { now, workspaceId }] = [newId(), ctx]
  const ownerId = wanted === undefined ? memberOf(ctx) : await checkOwner(ctx, wanted)
  checkPast(ctx, input)
  const custom = await readCustomValues(ctx, input.custom)
  await ctx.db.insert(contacts).values({
    ...rest,
    ...ownNames(input),
    ...{ id, workspaceId, ownerId, custom, createdAt: now, updatedAt: now },
    displayName: displayName(input),
    sortName: sortName(input),
  })
  await writePoints(ctx, id, points)
  await replaceGroups(ctx, id, groupIds)
  if (householdId) await joinHousehold(ctx, id, householdId)
  await writeWords(ctx, id)
  await writeAudit(ctx, 'contact.create', id)
  await notifyPages(ctx.db, workspaceId, 'contacts', id)
  return { id, version: 1 }
}

function memberOf({ actor }: Ctx): string | null {
  return actor.kind === 'job' ? null : actor.memberId
}

/** Throws `not_found` for who is no member of this workspace. */
export async function checkOwner(ctx: Ctx, memberId: string | null): Promise<string | null> {
  if (memberId === null) return null
  const [row] = await ctx.db.select({ id: members.id }).from(members).where(eq(members.id, memberId))
  if (!row)
    throw new AppError('not_found', 'no such member', { reason: 'contact.noOwner', values: { field: 'ownerId' } })
  return row.id
}

const DAY_MS = 86_400_000

/** Nobody is born or dies tomorrow, nor dies before they are born; the day of whoever is furthest east counts. */
export function checkPast(ctx: Ctx, dates: { birthday?: string | null; deceasedOn?: string | null }): void {
  const latest = new Date(ctx.now.getTime() + DAY_MS).toISOString().slice(0, 10)
  for (const field of ['birthday', 'deceasedOn'] as const) {
    const date = dates[field]
    if (!date || date <= latest) continue
    throw new AppError('bad_input', `${field} in the future`, { reason: 'contact.futureDate', values: { field } })
  }
  if (!dates.birthday || !dates.deceasedOn || dates.birthday <= dates.deceasedOn) return
  throw new AppError('bad_input', 'dead before born', {
    reason: 'contact.diedFirst',
    values: { field: 'deceasedOn' },
  })
}

/** Values that fit the workspace's fields; empty ones are left out. Throws `bad_input` at the field. */
export async function readCustomValues(
  ctx: Ctx,
  typed: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const ids = Object.keys(typed)
  if (ids.length === 0) return {}
  const fields = await ctx.db
    .select()
    .from(customFields)
    .where(and(isNull(customFields.deletedAt)))
  const pairs = Object.entries(typed).map(([id, value]) => {
    const field = fields.find((one) => one.id === id)
    const read = field ? readCustom(field, value) : null
    if (read === null) throw badValue(id)
    return [id, read] as const
  })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

function badValue(id: string): AppError {
  return new AppError('bad_input', 'a value that does not fit its field', {
    reason: 'contact.badValue',
    values: { field: `custom.${id}` },
  })
}
