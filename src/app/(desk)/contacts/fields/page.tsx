import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { OwnFields } from '@/giving/contacts/ui/own-fields'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts'))('fields.title') }
}

export default async function FieldsPage() {
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'giving.settings')) redirect('/contacts')
  await prefetch(trpc.contacts.fields.queryOptions())
  return (
    <HydrateClient>
      <OwnFields />
    </HydrateClient>
  )
}
