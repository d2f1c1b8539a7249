import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { WatchList } from '@/bargains/watches/ui/watch-list'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('watches'))('title') }
}

export default async function WatchesPage() {
  const { workspace } = await requireMember()
  await prefetch(trpc.watches.list.queryOptions())
  return (
    <HydrateClient>
      <WatchList canWrite={may(workspace.role, 'watches.write')} />
    </HydrateClient>
  )
}
