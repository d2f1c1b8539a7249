import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { GiftList } from '@/giving/gifts/ui/gift-list'
import { giftListInput } from '@/giving/gifts/ui/gift-list-input'
import { giftListParams } from '@/giving/gifts/ui/gift-list-params'
import { todayIn } from '@/kernel/dates'
import { readAddress, type SearchParams } from '@/ui/address'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('gifts'))('title') }
}

export default async function GiftsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  const today = todayIn(workspace.timeZone, new Date())
  const input = giftListInput(readAddress(giftListParams, await searchParams), today)
  const [page] = await Promise.all([
    // A contact that is no more is told by the table, which asks again by itself.
    api.gifts.list(input).catch(() => null),
    prefetch(trpc.gifts.totals.queryOptions(input)),
    prefetch(trpc.funds.list.queryOptions()),
  ])
  return (
    <HydrateClient>
      <GiftList canWrite={may(workspace.role, 'gifts.write')} first={page ? { input, page } : undefined} />
    </HydrateClient>
  )
}
