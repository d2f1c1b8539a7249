import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { GiftEntry } from '@/giving/gifts/ui/gift-entry'
import type { SearchParams } from '@/ui/address'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'
import { readChosen } from '../read-chosen'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('gifts'))('entry.title') }
}

export default async function NewGiftPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'gifts.write')) notFound()
  const [chosen] = await Promise.all([readChosen(searchParams), prefetch(trpc.funds.list.queryOptions())])
  return (
    <HydrateClient>
      <GiftEntry currency={workspace.currency} contact={chosen} />
    </HydrateClient>
  )
}
