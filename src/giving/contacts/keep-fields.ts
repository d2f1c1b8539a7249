import { and, asc, eq, isNull } from 'drizzle-orm'
import { writeAudit } from '@/accounts/audit'
import { type Ctx, requirePermission } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { fold } from '@/kernel/text'
import { cut } from './rules-names'
import type { ChangeField, NewField, ShownField } from './schema'
import { customFields } from './table'

/** The workspace's own fields, in the order of their making. */
export async function listFields(ctx: Ctx): Promise<ShownField[]> {
  requirePermission(ctx, 'contacts.read')
  const rows = await ctx.db
    .select()
    .from(customFields)
    .where(isNull(customFields.deletedAt))
    .orderBy(asc(customFields.position), asc(customFields.createdAt), asc(customFields.id))
  return rows.map(({ id, name, kind, choices }) => ({ id, name, kind, choices: [...choices] }))
}

export async function createField(ctx: Ctx, { name, kind, choices }: NewField): Promise<{ id: string }> {
  requirePermission(ctx, 'giving.settings')
  if (kind === 'choice' && choices.length === 0) throw noChoices()
  const [id, folded] = [newId(), cut(fold(name))]
  await checkFree(ctx, folded)
  const { workspaceId, now: createdAt } = ctx
  await ctx.db.insert(customFields).values({ id, workspaceId, name, folded, kind, choices, createdAt })
  await writeAudit(ctx, 'field.create', id, { name })
  return { id }
}

/** A choice that is taken away stays with the contacts that have it. */
export async function updateField(ctx: Ctx, { id, name, choices }: ChangeField): Promise<{ id: string }> {
  requirePermission(ctx, 'giving.settings')
  const folded = name === undefined ? undefined : cut(fold(name))
  if (folded !== undefined) await checkFree(ctx, folded, id)
  const [row] = await ctx.db
    .update(customFields)
    .set({ id, name, folded, choices })
    .where(and(eq(customFields.id, id), isNull(customFields.deletedAt)))
    .returning({ kind: customFields.kind })
  if (!row) throw noField()
  if (row.kind === 'choice' && choices?.length === 0) throw noChoices()
  await writeAudit(ctx, 'field.update', id, { name })
  return { id }
}

/** Hides it; values that were entered stay, for whoever makes it visible again. */
export async function deleteField(ctx: Ctx, id: string): Promise<{ id: string }> {
  requirePermission(ctx, 'giving.settings')
  const [row] = await ctx.db
    .update(customFields)
    .set({ deletedAt: ctx.now })
    .where(and(eq(customFields.id, id), isNull(customFields.deletedAt)))
    .returning({ id: customFields.id })
  if (!row) throw noField()
  await writeAudit(ctx, 'field.delete', id)
  return { id }
}

async function checkFree(ctx: Ctx, folded: string, exceptId?: string): Promise<void> {
  const [row] = await ctx.db
    .select({ id: customFields.id })
    .from(customFields)
    .where(and(eq(customFields.folded, folded), isNull(customFields.deletedAt)))
  if (!row || row.id === exceptId) return
  throw new AppError('conflict', 'a field of that name', { reason: 'contact.fieldTaken', values: { field: 'name' } })
}

function noField(): AppError {
  return new AppError('not_found', 'no such field', { reason: 'contact.noField' })
}

function noChoices(): AppError {
  return new AppError('bad_input', 'a choice of nothing', { reason: 'contact.noChoices', values: { field: 'choices' } })
}
