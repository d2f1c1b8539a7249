import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { DeliveryLog } from '@/notifications/deliveries/ui/delivery-log'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deliveries')
  return { title: t('title') }
}

export default async function SignalsPage() {
  const { workspace } = await requireMember()
  await prefetch(trpc.channels.list.queryOptions())
  return (
    <HydrateClient>
      <DeliveryLog canWrite={may(workspace.role, 'channels.write')} />
    </HydrateClient>
  )
}
