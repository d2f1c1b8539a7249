import type { Metadata } from 'next'
import { may } from '@/accounts/rules-permissions'
import { PledgeAlerts } from '@/giving/care/ui/pledge-alerts'
import { PledgePage } from '@/giving/pledges/ui/pledge-page'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'
import { readPledge } from './read-pledge'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readPledge((await params).id)).contactName }
}

/** No loading.tsx here or above: it would send the head, with its 200, before it is known whether there is such a pledge. */
export default async function OnePledgePage({ params }: Props) {
  const { id } = await params
  const { workspace } = await requireMember()
  await Promise.all([readPledge(id), prefetch(trpc.pledges.get.queryOptions({ id }))])
  return (
    <HydrateClient>
      <PledgePage id={id} canWrite={may(workspace.role, 'pledges.write')} alerts={<PledgeAlerts pledgeId={id} />} />
    </HydrateClient>
  )
}
