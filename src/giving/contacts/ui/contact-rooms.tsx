'use client'

import { late } from '@/ui/late'

const ContactPledges = late(() => import('../../pledges/ui/contact-pledges').then((module) => module.ContactPledges))
const ContactGifts = late(() => import('../../gifts/ui/contact-gifts').then((module) => module.ContactGifts))
const ContactTimeline = late(() => import('../../care/ui/contact-timeline').then((module) => module.ContactTimeline))

/** What the reader may change on the page of a contact. */
export type ContactRights = { contacts: boolean; gifts: boolean; pledges: boolean }

/** What the other rooms of giving show of a contact, a line a room, in the order of the page. */
export function ContactRooms({ contactId, rights }: { contactId: string; rights: ContactRights }) {
  return (
    <>
      <ContactPledges contactId={contactId} canWrite={rights.pledges} />
      <ContactGifts contactId={contactId} canWrite={rights.gifts} />
      <ContactTimeline contactId={contactId} canWrite={rights.contacts} />
    </>
  )
}
