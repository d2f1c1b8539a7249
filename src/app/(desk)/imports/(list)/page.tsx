import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { ImportList } from '@/giving/imports/ui/import-list'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('title') }
}

export default async function ImportsPage() {
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'contacts.write')) redirect('/contacts')
  await prefetch(trpc.imports.list.queryOptions())
  return (
    <HydrateClient>
      <ImportList />
    </HydrateClient>
  )
}
