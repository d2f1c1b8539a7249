import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { TodayPage } from '@/giving/today/ui/today-page'
import type { SearchParams } from '@/ui/address'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../shell-data'
import { NewMatches } from './new-matches'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('today'))('title') }
}

export default async function Today({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  if (!workspace.giving) redirect('/')
  const { role } = workspace
  const whose = (await searchParams).whose === 'all' ? 'all' : 'mine'
  await prefetch(trpc.today.get.queryOptions({ whose }))
  const { checkHour } = await api.care.settings()
  return (
    <HydrateClient>
      <TodayPage
        seesAll={may(role, 'contacts.all')}
        maySetGoal={may(role, 'giving.settings')}
        mayWrite={may(role, 'contacts.write')}
        checkHour={checkHour}
      >
        {workspace.bargains && may(role, 'watches.read') && <NewMatches />}
      </TodayPage>
    </HydrateClient>
  )
}
