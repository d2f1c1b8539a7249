import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { ContactList } from '@/giving/contacts/ui/contact-list'
import { contactListInput } from '@/giving/contacts/ui/contact-list-input'
import { contactListParams } from '@/giving/contacts/ui/contact-list-params'
import { readAddress, type SearchParams } from '@/ui/address'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts'))('title') }
}

export default async function ContactsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  const input = contactListInput(readAddress(contactListParams, await searchParams))
  const [page] = await Promise.all([
    // A group that is no more is told by the table, which asks again by itself.
    api.contacts.list(input).catch(() => null),
    prefetch(trpc.groups.list.queryOptions()),
    prefetch(trpc.contacts.owners.queryOptions()),
  ])
  return (
    <HydrateClient>
      <ContactList
        canWrite={may(workspace.role, 'contacts.write')}
        canSettle={may(workspace.role, 'giving.settings')}
        first={page ? { input, page } : undefined}
      />
    </HydrateClient>
  )
}
