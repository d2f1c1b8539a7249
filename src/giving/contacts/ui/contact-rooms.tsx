'use client'

/** What the other rooms of giving show of a contact, a line a room, in the order of the page. */
export function ContactRooms(_props: { contactId: string; canWrite: boolean }) {
  return null
}
