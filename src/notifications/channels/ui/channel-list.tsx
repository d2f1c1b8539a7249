'use client'

import { useQuery } from '@tanstack/react-query'
import { BellRing } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { late } from '@/ui/late'
import { Skeleton } from '@/ui/skeleton'
import type { ListedChannel } from '../schema'
import { AddEmail } from './add-email'
import { ChannelRow } from './channel-row'
import { ConnectTelegram } from './connect-telegram'
import { useChannelActions } from './use-channel-actions'
import { useLiveChannels } from './use-live-channels'

const RenameChannel = late(() => import('./rename-channel').then((module) => module.RenameChannel))

/** Every channel of the workspace, how it stands, and the ways to add one. */
export function ChannelList({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('channels')
  const list = useQuery(useTRPC().channels.list.queryOptions())
  useLiveChannels()
  const add = canWrite && (
    <div className="flex flex-wrap gap-2">
      <ConnectTelegram primary />
      <AddEmail />
    </div>
  )
  return (
    <Card title={t('title')} hint={t('hint')} flush>
      {add && <div className="px-4 pb-3">{add}</div>}
      <div className="border-line border-t">
        {list.isPending && <ChannelSkeleton />}
        {list.isError && !list.data && <ErrorState onRetry={() => list.refetch()} />}
        {list.data?.length === 0 && (
          <EmptyState icon={<BellRing aria-hidden />} title={t('empty')} description={t('emptyHint')} />
        )}
        {list.data && list.data.length > 0 && <Rows channels={list.data} canWrite={canWrite} />}
      </div>
    </Card>
  )
}

function Rows({ channels, canWrite }: { channels: readonly ListedChannel[]; canWrite: boolean }) {
  const actions = useChannelActions()
  const [renaming, setRenaming] = useState<ListedChannel | null>(null)
  return (
    <>
      <ul className="divide-y divide-line">
        {channels.map((channel) => (
          <ChannelRow
            key={channel.id}
            channel={channel}
            canWrite={canWrite}
            testing={actions.testingId === channel.id}
            onTest={() => actions.test(channel)}
            onRename={() => setRenaming(channel)}
            onDelete={() => actions.remove(channel)}
          />
        ))}
      </ul>
      {renaming && (
        <RenameChannel
          channel={renaming}
          onRename={(name) => actions.rename(renaming, name)}
          onClose={() => setRenaming(null)}
        />
      )}
    </>
  )
}

function ChannelSkeleton() {
  return (
    <div className="flex flex-col gap-2 px-4 py-3" aria-hidden>
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}
