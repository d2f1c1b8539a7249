import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { CarePage } from '@/giving/care/ui/care-page'
import { careParams } from '@/giving/care/ui/care-params'
import { readAddress, type SearchParams } from '@/ui/address'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('care'))('title') }
}

export default async function Care({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  const { whose } = readAddress(careParams, await searchParams)
  await prefetch(trpc.care.counts.queryOptions({ whose }))
  const { checkHour } = await api.care.settings()
  return (
    <HydrateClient>
      <CarePage
        canWrite={may(workspace.role, 'tasks.write')}
        seesAll={may(workspace.role, 'contacts.all')}
        checkHour={checkHour}
      />
    </HydrateClient>
  )
}
