import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { GroupList } from '@/giving/groups/ui/group-list'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('groups'))('title') }
}

export default async function GroupsPage() {
  const { workspace } = await requireMember()
  await prefetch(trpc.groups.list.queryOptions())
  return (
    <HydrateClient>
      <GroupList canWrite={may(workspace.role, 'contacts.write')} />
    </HydrateClient>
  )
}
