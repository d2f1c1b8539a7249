import type { Metadata } from 'next'
import { may } from '@/accounts/rules-permissions'
import { ContactPage } from '@/giving/contacts/ui/contact-page'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'
import { readContact } from './read-contact'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readContact((await params).id)).displayName }
}

/** No loading.tsx here or above: it would send the head, with its 200, before it is known whether there is such a contact. */
export default async function OneContactPage({ params }: Props) {
  const { id } = await params
  const { workspace } = await requireMember()
  await readContact(id)
  await Promise.all([prefetch(trpc.contacts.get.queryOptions({ id })), prefetch(trpc.contacts.fields.queryOptions())])
  const { role } = workspace
  const rights = {
    contacts: may(role, 'contacts.write'),
    gifts: may(role, 'gifts.write'),
    pledges: may(role, 'pledges.write'),
  }
  return (
    <HydrateClient>
      <ContactPage id={id} rights={rights} />
    </HydrateClient>
  )
}
