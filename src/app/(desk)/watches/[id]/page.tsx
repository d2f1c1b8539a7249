import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { may } from '@/accounts/rules-permissions'
import { matchListInput } from '@/bargains/matches/ui/match-list-input'
import { WatchPage } from '@/bargains/watches/ui/watch-page'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'
import { loadMatchParams } from '../search-params'
import { readWatch } from './read-watch'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readWatch((await params).id)).name }
}

export default async function OneWatchPage({ params, searchParams }: Props) {
  const { id } = await params
  const { workspace } = await requireMember()
  await readWatch(id)
  const asked = await loadMatchParams(searchParams)
  const input = matchListInput(asked, id)
  const [page] = await Promise.all([api.matches.list(input), prefetch(trpc.watches.get.queryOptions({ id }))])
  return (
    <HydrateClient>
      <WatchPage id={id} canWrite={may(workspace.role, 'watches.write')} first={{ input, page }} />
    </HydrateClient>
  )
}
