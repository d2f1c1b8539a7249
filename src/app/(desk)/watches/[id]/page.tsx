import type { Metadata } from 'next'
import { Suspense } from 'react'
import { may } from '@/accounts/rules-permissions'
import { matchListInput } from '@/bargains/matches/ui/match-list-input'
import { WatchPage } from '@/bargains/watches/ui/watch-page'
import type { SearchParams } from '@/ui/address'
import { PageSkeleton } from '@/ui/page-skeleton'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'
import { loadMatchParams } from '../search-params'
import { readWatch } from './read-watch'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readWatch((await params).id)).name }
}

/** No loading.tsx here or above: it would send the head, with its 200, before it is known whether there is such a watch. */
export default async function OneWatchPage({ params, searchParams }: Props) {
  const { id } = await params
  await readWatch(id)
  return (
    <Suspense fallback={<PageSkeleton rows={8} />}>
      <Shown id={id} searchParams={searchParams} />
    </Suspense>
  )
}

async function Shown({ id, searchParams }: { id: string; searchParams: Props['searchParams'] }) {
  const { workspace } = await requireMember()
  const input = matchListInput(await loadMatchParams(searchParams), id)
  const [page] = await Promise.all([api.matches.list(input), prefetch(trpc.watches.get.queryOptions({ id }))])
  return (
    <HydrateClient>
      <WatchPage id={id} canWrite={may(workspace.role, 'watches.write')} first={{ input, page }} />
    </HydrateClient>
  )
}
