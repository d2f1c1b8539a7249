import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { PledgeList } from '@/giving/pledges/ui/pledge-list'
import { pledgeListInput, pledgeListParams } from '@/giving/pledges/ui/pledge-list-params'
import { readAddress, type SearchParams } from '@/ui/address'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('pledges'))('title') }
}

export default async function PledgesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  const input = pledgeListInput(readAddress(pledgeListParams, await searchParams))
  const [page] = await Promise.all([
    // A contact that is no more is told by the table, which asks again by itself.
    api.pledges.list(input).catch(() => null),
    prefetch(trpc.pledges.months.queryOptions({})),
  ])
  return (
    <HydrateClient>
      <PledgeList canWrite={may(workspace.role, 'pledges.write')} first={page ? { input, page } : undefined} />
    </HydrateClient>
  )
}
