import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { NewWatch } from '@/bargains/watches/ui/new-watch'
import type { SearchParams } from '@/ui/address'
import { PageHeader } from '@/ui/page-header'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'
import { loadNewWatchParams } from '../search-params'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('watches'))('form.newTitle') }
}

export default async function NewWatchPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'watches.write')) redirect('/watches')
  const { link } = await loadNewWatchParams(searchParams)
  const t = await getTranslations('watches')
  await prefetch(trpc.channels.list.queryOptions())
  return (
    <>
      <PageHeader title={t('form.newTitle')} back={{ href: '/watches', label: t('title') }} />
      <HydrateClient>
        <NewWatch memberId={workspace.memberId} link={link} />
      </HydrateClient>
    </>
  )
}
