'use client'

import { useQuery } from '@tanstack/react-query'
import { Mail, MessagesSquare, Send, Webhook } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Control, Controller } from 'react-hook-form'
import { useTRPC } from '@/trpc/client'
import { Checkbox } from '@/ui/checkbox'
import { Skeleton } from '@/ui/skeleton'
import { StatusDot } from '@/ui/status-dot'
import { Switch } from '@/ui/switch'
import type { WatchFormInput, WatchFormOutput } from './watch-form-schema'

type ChannelPicksProps = { control: Control<WatchFormInput, unknown, WatchFormOutput> }

const icons = { telegram: Send, email: Mail, discord: MessagesSquare, webhook: Webhook } as const

/** Where to tell: every channel with how it stands, and the way to connect one. */
export function ChannelPicks({ control }: ChannelPicksProps) {
  const t = useTranslations('watches.form')
  return (
    <fieldset className="flex max-w-120 flex-col gap-2">
      <legend className="mb-1 font-medium text-table">{t('channels')}</legend>
      <Controller
        control={control}
        name="notify"
        render={({ field: notify }) => (
          <>
            <Controller
              control={control}
              name="channelIds"
              render={({ field }) => (
                <Choices value={field.value ?? []} onChange={field.onChange} disabled={!notify.value} />
              )}
            />
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is the label's control */}
            <label className="mt-1 flex items-center gap-2 text-table">
              <Switch checked={!notify.value} onChange={(off) => notify.onChange(!off)} label={t('notifyOff')} />
              <span aria-hidden>{t('notifyOff')}</span>
            </label>
          </>
        )}
      />
    </fieldset>
  )
}

type ChoicesProps = { value: readonly string[]; onChange: (ids: string[]) => void; disabled: boolean }

function Choices({ value, onChange, disabled }: ChoicesProps) {
  const t = useTranslations('watches.form')
  const trpc = useTRPC()
  const channels = useQuery(trpc.channels.list.queryOptions())
  const [given] = useState(value)
  if (channels.isPending) return <Skeleton className="h-10 w-full" />
  // Another member's own channel is not ours to choose; one that the watch tells already can be taken off it.
  const list = (channels.data ?? []).filter(({ id, usable }) => usable || given.includes(id))
  return (
    <>
      {list.length === 0 && <p className="text-ink-2 text-table">{t('noChannel')}</p>}
      {list.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-card">
          {list.map((channel) => {
            const Icon = icons[channel.kind]
            const checked = value.includes(channel.id)
            return (
              <li key={channel.id}>
                {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is the label's control */}
                <label className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-0.5 px-3 py-1.5 has-disabled:opacity-60">
                  <Checkbox
                    checked={checked}
                    disabled={disabled}
                    label={channel.name}
                    onChange={(on) => onChange(on ? [...value, channel.id] : value.filter((id) => id !== channel.id))}
                  />
                  <Icon aria-hidden className="size-4 shrink-0 stroke-[1.75] text-ink-3" />
                  <span className="min-w-0 flex-1 truncate">{channel.name}</span>
                  <span className="text-meta">
                    <ChannelStatus channel={channel} />
                  </span>
                </label>
              </li>
            )
          })}
        </ul>
      )}
      <Link href="/settings/channels" className="w-fit text-table text-wheat-ink underline underline-offset-3">
        {t('connect')}
      </Link>
    </>
  )
}

type ChannelState = { offReason: string | null; last: { state: string } | null }

function ChannelStatus({ channel }: { channel: ChannelState }) {
  const t = useTranslations('watches.form.channel')
  if (channel.offReason) return <StatusDot tone="bad" shape="triangle" label={t('off')} />
  if (channel.last?.state === 'failed') return <StatusDot tone="warn" shape="triangle" label={t('failed')} />
  if (channel.last?.state === 'sent') return <StatusDot tone="good" label={t('works')} />
  return <StatusDot tone="neutral" shape="ring" label={t('unused')} />
}
