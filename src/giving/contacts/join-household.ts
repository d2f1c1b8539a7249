import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { AppError } from '@/kernel/app-error'
import { householdMembers } from './table'
import { findContact } from './visible-contacts'

/** Makes a person belong to that household and to no other; null: to none. Both must be the actor's to see. */
export async function joinHousehold(ctx: Ctx, contactId: string, householdId: string | null): Promise<void> {
  if (householdId !== null) {
    const [person, household] = [await findContact(ctx, contactId), await findContact(ctx, householdId)]
    if (person.kind !== 'person' || household.kind !== 'household') throw noHousehold()
  }
  await ctx.db.delete(householdMembers).where(eq(householdMembers.contactId, contactId))
  if (householdId === null) return
  const { workspaceId, now } = ctx
  await ctx.db.insert(householdMembers).values({ workspaceId, contactId, householdId, createdAt: now })
}

function noHousehold(): AppError {
  const options = { reason: 'contact.noHousehold', values: { field: 'householdId' } }
  return new AppError('bad_input', 'only people belong to a household', options)
}
