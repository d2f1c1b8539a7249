import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { AllMatches } from '@/bargains/matches/ui/all-matches'
import { matchListInput } from '@/bargains/matches/ui/match-list-input'
import type { SearchParams } from '@/ui/address'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../shell-data'
import { loadMatchParams } from '../watches/search-params'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('matches'))('title') }
}

export default async function MatchesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  const asked = await loadMatchParams(searchParams)
  const input = matchListInput(asked)
  const first = await readFirst(input)
  await prefetch(trpc.watches.list.queryOptions())
  return (
    <HydrateClient>
      <AllMatches canWrite={may(workspace.role, 'matches.write')} first={first} />
    </HydrateClient>
  )
}

/** A watch that is no more is told by the table, which asks again by itself. */
async function readFirst(input: ReturnType<typeof matchListInput>) {
  const page = await api.matches.list(input).catch(() => null)
  return page ? { input, page } : undefined
}
