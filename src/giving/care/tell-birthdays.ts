import type { Ctx } from '@/accounts/context'
import { findBirthdays } from './find-birthdays'
import { loadPeople } from './load-people'
import type { CareDay } from './read-day'
import { tellMembers } from './tell-members'

/** A signal for each birthday that is kept today. */
export async function tellBirthdays(ctx: Ctx, { today }: CareDay): Promise<number> {
  const birthdays = await findBirthdays(ctx, { today, days: 1 })
  const news = birthdays.map(({ contactId, ownerId }) => ({
    ...{ subjectId: contactId, contactId, ownerId, days: 0 },
    key: `contact.birthday:${contactId}:${today}`,
  }))
  return tellMembers(ctx, 'contact.birthday', news, async (shown) => {
    const people = await loadPeople(
      ctx,
      shown.map(({ contactId }) => contactId),
    )
    return new Map(shown.map(({ contactId }) => [contactId, { ...people.get(contactId), on: today }]))
  })
}
