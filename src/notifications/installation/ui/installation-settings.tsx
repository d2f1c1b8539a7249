'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/trpc/client'
import { ErrorState } from '@/ui/error-state'
import { Skeleton } from '@/ui/skeleton'
import { BotSettings } from './bot-settings'
import { MailSettings } from './mail-settings'

/** How people are reached from this installation. Asks Telegram who the bot is, so it may take a moment. */
export function InstallationSettings() {
  const status = useQuery(useTRPC().installation.status.queryOptions())
  if (status.isPending) return <Skeleton className="h-48 w-full" />
  if (!status.data) return <ErrorState onRetry={() => status.refetch()} />
  return (
    <div className="flex flex-col gap-4">
      <BotSettings bot={status.data.bot} />
      <MailSettings mail={status.data.mail} />
    </div>
  )
}
