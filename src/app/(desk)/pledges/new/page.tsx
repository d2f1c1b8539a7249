import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { NewPledge } from '@/giving/pledges/ui/new-pledge'
import type { SearchParams } from '@/ui/address'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'
import { readChosen } from '../../gifts/read-chosen'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('pledges'))('form.title') }
}

export default async function NewPledgePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'pledges.write')) notFound()
  const [chosen] = await Promise.all([readChosen(searchParams), prefetch(trpc.funds.list.queryOptions())])
  return (
    <HydrateClient>
      <NewPledge currency={workspace.currency} contact={chosen} />
    </HydrateClient>
  )
}
