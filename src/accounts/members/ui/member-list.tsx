'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Badge } from '@/ui/badge'
import { Card } from '@/ui/card'
import { DateTime } from '@/ui/date-time'
import { ErrorState } from '@/ui/error-state'
import { late } from '@/ui/late'
import { Menu, type MenuEntry } from '@/ui/menu'
import { Skeleton } from '@/ui/skeleton'
import type { Role } from '../../rules-permissions'
import { mayAppoint } from '../rules-roles'
import type { ShownMember } from './shown-member'

const ReleaseDialog = late(() => import('./release-dialog').then((module) => module.ReleaseDialog))
const RoleDialog = late(() => import('./role-dialog').then((module) => module.RoleDialog))
const TransferDialog = late(() => import('./transfer-dialog').then((module) => module.TransferDialog))

type Deed = { kind: 'role' | 'release' | 'transfer'; member: ShownMember }

/** Who works here; what may be done with each stands in their menu. */
export function MemberList({ role, workspace }: { role: Role; workspace: string }) {
  const t = useTranslations('members')
  const list = useQuery(useTRPC().members.list.queryOptions())
  const [deed, setDeed] = useState<Deed | null>(null)
  const close = () => setDeed(null)
  const members = list.data ?? []
  return (
    <Card title={t('title')} hint={list.data && t('count', { count: members.length })} flush>
      <div className="border-line border-t">
        {list.isPending && <Skeleton className="m-4 h-10" />}
        {list.isError && <ErrorState onRetry={() => list.refetch()} />}
        <ul className="divide-y divide-line">
          {members.map((member) => (
            <Row key={member.id} member={member} own={role} onDeed={(kind) => setDeed({ kind, member })} />
          ))}
        </ul>
      </div>
      {deed?.kind === 'role' && <RoleDialog member={deed.member} own={role} onClose={close} />}
      {deed?.kind === 'transfer' && <TransferDialog member={deed.member} onClose={close} />}
      {deed?.kind === 'release' && (
        <ReleaseDialog member={deed.member} members={members} workspace={workspace} onClose={close} />
      )}
    </Card>
  )
}

type RowProps = { member: ShownMember; own: Role; onDeed: (kind: Deed['kind']) => void }

function Row({ member, own, onDeed }: RowProps) {
  const t = useTranslations('members')
  const items = useDeeds(member, own, onDeed)
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="break-words font-medium">{member.name}</span>
          {member.own && <Badge tone="good">{t('you')}</Badge>}
        </p>
        <p className="break-words text-ink-3 text-meta">
          {member.email} · {t('joined')} <DateTime value={member.joinedAt} show="date" />
        </p>
      </div>
      <Badge>{t(`roles.${member.role}.name`)}</Badge>
      <span className="w-8 shrink-0">
        {items.length > 0 && <Menu label={t('actions', { name: member.name })} items={items} />}
      </span>
    </li>
  )
}

function useDeeds(member: ShownMember, own: Role, onDeed: RowProps['onDeed']): MenuEntry[] {
  const t = useTranslations('members.menu')
  if (member.own) return [{ label: t('leave'), danger: true, onSelect: () => onDeed('release') }]
  if (!mayAppoint(own, [member.role])) return []
  return [
    { label: t('role'), onSelect: () => onDeed('role') },
    ...(own === 'owner' ? [{ label: t('transfer'), onSelect: () => onDeed('transfer') }] : []),
    { kind: 'separator' },
    { label: t('remove'), danger: true, onSelect: () => onDeed('release') },
  ]
}
