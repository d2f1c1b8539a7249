import { may } from '@/accounts/rules-permissions'
import { ChannelList } from '@/notifications/channels/ui/channel-list'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export default async function ChannelsPage() {
  const { workspace } = await requireMember()
  await prefetch(trpc.channels.list.queryOptions())
  return (
    <HydrateClient>
      <ChannelList canWrite={may(workspace.role, 'channels.write')} />
    </HydrateClient>
  )
}
