'use client'

import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Badge } from '@/ui/badge'
import type { Column } from '@/ui/data-table-model'
import type { ListedTask } from '../schema'

export function useTaskColumns(): readonly Column<ListedTask>[] {
  const t = useTranslations('tasks')
  return useMemo(
    () => [
      { id: 'title', header: t('columns.title'), cell: (task) => <Title task={task} />, phone: 'title' },
      { id: 'contact', header: t('columns.contact'), width: '220px', cell: (task) => <About task={task} /> },
      {
        id: 'assignee',
        header: t('columns.assignee'),
        width: '160px',
        hideBelow: 'lg',
        phone: 'hidden',
        cell: ({ assigneeName }) => assigneeName ?? t('anybody'),
      },
      {
        id: 'due',
        header: t('columns.due'),
        width: '200px',
        align: 'end',
        phone: 'aside',
        cell: (task) => <Due task={task} />,
      },
    ],
    [t],
  )
}

function Title({ task: { title, kind, priority } }: { task: ListedTask }) {
  const t = useTranslations('tasks')
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span className="break-words font-medium">{title}</span>
      <span className="text-ink-3 text-meta">{t(`kinds.${kind}`)}</span>
      {priority === 'high' && <Badge tone="warn">{t('priorities.high')}</Badge>}
    </span>
  )
}

function About({ task: { contactId, contactName } }: { task: ListedTask }) {
  if (contactId === null) return null
  return (
    <Link href={`/contacts/${contactId}`} className="break-words hover:underline">
      {contactName}
    </Link>
  )
}

const TONES = {
  overdue: 'bad',
  today: 'warn',
  soon: 'neutral',
  later: 'neutral',
  undated: 'neutral',
  done: 'good',
} as const

function Due({ task: { dueOn, state } }: { task: ListedTask }) {
  const t = useTranslations('tasks.state')
  const format = useFormatter()
  // A day of the calendar is the same in every zone.
  const day = dueOn && format.dateTime(new Date(`${dueOn}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <span className="inline-flex items-center gap-2">
      {state !== 'later' && <Badge tone={TONES[state]}>{t(state)}</Badge>}
      {day && <span className="figures whitespace-nowrap">{day}</span>}
    </span>
  )
}
