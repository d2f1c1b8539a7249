import { TRPCError } from '@trpc/server'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ImportPage } from '@/giving/imports/ui/import-page'
import { isUuid } from '@/kernel/ids'
import { api, HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('title') }
}

/** No loading.tsx here: it would send the head, with its 200, before it is known whether there is such an import. */
export default async function OneImportPage({ params }: Props) {
  const { id } = await params
  await requireMember()
  if (!isUuid(id)) notFound()
  await api.imports.get({ id }).catch((error: unknown) => {
    if (error instanceof TRPCError && ['NOT_FOUND', 'FORBIDDEN'].includes(error.code)) notFound()
    throw error
  })
  await prefetch(trpc.imports.get.queryOptions({ id }))
  return (
    <HydrateClient>
      <ImportPage id={id} />
    </HydrateClient>
  )
}
