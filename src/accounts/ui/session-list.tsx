'use client'

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { deviceOf } from '@/accounts/rules-devices'
import { useTRPC } from '@/trpc/client'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { DateTime } from '@/ui/date-time'
import { useToast } from '@/ui/toast'

export function SessionList() {
  const t = useTranslations('accounts')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const { data: sessions } = useSuspenseQuery(trpc.accounts.sessions.queryOptions())
  const refresh = () => queries.invalidateQueries(trpc.accounts.sessions.queryFilter())
  const end = useMutation(trpc.accounts.revokeSession.mutationOptions({ onSuccess: refresh }))
  const endOthers = useMutation(
    trpc.accounts.revokeOtherSessions.mutationOptions({
      onSuccess(count) {
        toast.done(t('sessionsEnded', { count }))
        return refresh()
      },
    }),
  )
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                {t('device', deviceOf(session.userAgent))}
                {session.own && <Badge tone="good">{t('thisDevice')}</Badge>}
              </p>
              <p className="text-ink-3 text-meta">
                {session.address} · {t('lastSeen')} <DateTime value={session.lastSeenAt} />
              </p>
            </div>
            {!session.own && (
              <Button size="small" busy={end.isPending} onClick={() => end.mutate({ id: session.id })}>
                {t('endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button className="self-start" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t('endOtherSessions')}
        </Button>
      )}
    </div>
  )
}
