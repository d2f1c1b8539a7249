'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { DateTime } from '@/ui/date-time'
import { ErrorState } from '@/ui/error-state'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import type { Role } from '../../rules-permissions'
import { useRefreshMembers } from './use-members'

/** What was sent out and not used yet. */
export function OpenInvitations() {
  const t = useTranslations('members.pending')
  const list = useQuery(useTRPC().members.invitations.queryOptions())
  return (
    <Card title={t('title')} hint={t('hint')} flush>
      <div className="border-line border-t">
        {list.isPending && <Skeleton className="m-4 h-10" />}
        {list.isError && <ErrorState onRetry={() => list.refetch()} />}
        {list.data?.length === 0 && <p className="px-4 py-3 text-ink-3">{t('empty')}</p>}
        <ul className="divide-y divide-line">
          {list.data?.map((invitation) => (
            <Row key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      </div>
    </Card>
  )
}

type Invitation = {
  id: string
  email: string | null
  role: Role
  expiresAt: Date
  mailedAt: Date | null
  over: boolean
  invitedBy: string
}

function Row({ invitation }: { invitation: Invitation }) {
  const t = useTranslations('members')
  const [toast, refresh] = [useToast(), useRefreshMembers()]
  const revoke = useMutation(
    useTRPC().members.revokeInvitation.mutationOptions({
      onSuccess() {
        toast.done(t('pending.revoked'))
        return refresh()
      },
    }),
  )
  const { id, email, role, expiresAt, mailedAt, over, invitedBy } = invitation
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">{email ?? t('pending.anybody')}</p>
        <p className="text-ink-3 text-meta">
          {t('pending.by', { name: invitedBy })} · {t('pending.until')} <DateTime value={expiresAt} show="dateTime" />
          {email !== null && ` · ${mailedAt ? t('pending.mailed') : t('pending.notMailed')}`}
        </p>
      </div>
      {over && <Badge tone="warn">{t('pending.over')}</Badge>}
      <Badge>{t(`roles.${role}.name`)}</Badge>
      <Button size="small" busy={revoke.isPending} onClick={() => revoke.mutate({ id })}>
        {t('pending.revoke')}
      </Button>
    </li>
  )
}
