'use client'

import { List, Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'
import { Menu } from '@/ui/menu'
import type { ListedChannel } from '../schema'
import { ChannelIcon } from './channel-icon'
import { ChannelStatus } from './channel-status'

type Props = {
  readonly channel: ListedChannel
  readonly canWrite: boolean
  readonly testing: boolean
  readonly onTest: () => void
  readonly onRename: () => void
  readonly onDelete: () => void
}

export function ChannelRow({ channel, canWrite, testing, onTest, onRename, onDelete }: Props) {
  const t = useTranslations('channels')
  const log = { label: t('log'), icon: <List aria-hidden />, href: `/signals?channel=${channel.id}` }
  const changes = [
    { label: t('rename.action'), icon: <Pencil aria-hidden />, onSelect: onRename },
    { kind: 'separator' as const },
    { label: t('delete'), icon: <Trash2 aria-hidden />, danger: true, onSelect: onDelete },
  ]
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-60 items-start gap-2.5">
        <span className="mt-0.5">
          <ChannelIcon kind={channel.kind} />
        </span>
        <div className="min-w-0">
          <p className="break-words font-medium">{channel.name}</p>
          <p className="break-words text-ink-3 text-meta">
            {t(`kinds.${channel.kind}`)} · {channel.memberName ?? t('group')}
            {channel.kind === 'email' && channel.address && channel.name !== channel.address && ` · ${channel.address}`}
          </p>
          <p className="mt-0.5 text-table">
            <ChannelStatus channel={channel} />
          </p>
          {channel.waiting > 0 && <p className="text-ink-3 text-meta">{t('queue', { count: channel.waiting })}</p>}
        </div>
      </div>
      <div className="flex items-center gap-1">
        {canWrite && channel.usable && (
          <Button size="small" busy={testing} onClick={onTest}>
            {t('test')}
          </Button>
        )}
        <Menu
          label={t('actions', { name: channel.name })}
          items={canWrite && channel.changeable ? [log, ...changes] : [log]}
        />
      </div>
    </li>
  )
}
