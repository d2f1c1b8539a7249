import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { NewContact } from '@/giving/contacts/ui/new-contact'
import { isUuid } from '@/kernel/ids'
import { readAddress, type SearchParams, text } from '@/ui/address'
import { PageHeader } from '@/ui/page-header'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts'))('form.newTitle') }
}

export default async function NewContactPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'contacts.write')) redirect('/contacts')
  // The page of a household adds its people here.
  const { household } = readAddress({ household: text('') }, await searchParams)
  const t = await getTranslations('contacts')
  await Promise.all([
    prefetch(trpc.contacts.owners.queryOptions()),
    prefetch(trpc.contacts.fields.queryOptions()),
    prefetch(trpc.groups.list.queryOptions()),
  ])
  return (
    <>
      <PageHeader title={t('form.newTitle')} back={{ href: '/contacts', label: t('title') }} />
      <HydrateClient>
        <NewContact memberId={workspace.memberId} householdId={isUuid(household) ? household : null} />
      </HydrateClient>
    </>
  )
}
