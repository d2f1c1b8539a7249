import { eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { wordsOf } from './rules-words'
import { contactPoints, contacts, contactWords } from './table'

/** What search finds a contact by, made anew of its names and points: in the transaction of whatever changed them. */
export async function writeWords(ctx: Ctx, contactId: string): Promise<void> {
  const [contact] = await ctx.db.select().from(contacts).where(eq(contacts.id, contactId))
  if (!contact) return
  const points = await ctx.db.select().from(contactPoints).where(eq(contactPoints.contactId, contactId))
  const { firstName, lastName, name, salutation, workspaceId } = contact
  const words = wordsOf({ names: [firstName, lastName, name, salutation], points })
  await ctx.db.delete(contactWords).where(eq(contactWords.contactId, contactId))
  if (words.length === 0) return
  await ctx.db.insert(contactWords).values(words.map((word) => ({ workspaceId, contactId, word })))
}
