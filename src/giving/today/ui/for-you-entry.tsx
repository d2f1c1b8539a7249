'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { LinkButton } from '@/ui/link-button'
import { useToast } from '@/ui/toast'
import type { CareRow } from '../../care/schema'
import { RowDeeds } from '../../care/ui/row-deeds'
import type { CareActions } from '../../care/ui/use-care-actions'
import { useToday } from '../../gifts/ui/use-today'
import type { ListedTask } from '../../tasks/schema'
import type { ShownToday } from '../schema'

type CareEntryProps = {
  row: CareRow
  href: string
  /** Null: the reader may not act. */
  actions: CareActions | null
  /** Its gifts wait for thanks. */
  thanks?: boolean
  children: ReactNode
}

/** A person, the fact, the phone, and what to do about it. */
export function CareEntry({ row, href, actions, thanks = false, children }: CareEntryProps) {
  const [t, care, today] = [useTranslations('today'), useTranslations('care'), useToday()]
  const about = { 'aria-describedby': `for-you-${row.pledgeId ?? row.contactId}${thanks ? '-thanks' : ''}` }
  return (
    <Entry
      id={about['aria-describedby']}
      name={row.name}
      href={href}
      phone={row.phone}
      fact={
        <>
          <span>{children}</span>
          <RowDeeds row={row} />
        </>
      }
    >
      {actions && thanks && (
        <Button size="small" {...about} onClick={() => actions.thanked(row)}>
          {care('thanked')}
        </Button>
      )}
      {actions && row.spokenOn !== today && (
        <Button size="small" {...about} onClick={() => actions.called(row)}>
          {care('called')}
        </Button>
      )}
      {actions && !thanks && row.taskOn === null && (
        <Button size="small" {...about} onClick={() => actions.remind(row)}>
          {care('remind')}
        </Button>
      )}
      <LinkButton size="small" variant="ghost" {...about} href={href}>
        {t('open')}
      </LinkButton>
    </Entry>
  )
}

type TaskEntryProps = { task: ListedTask; whose: 'mine' | 'all'; mayAct: boolean }

/** A task that is due, and whom it is about. */
export function TaskEntry({ task, whose, mayAct }: TaskEntryProps) {
  const [t, tasks] = [useTranslations('today'), useTranslations('tasks')]
  const done = useDone(whose)
  const href = task.contactId ? `/contacts/${task.contactId}` : '/tasks?show=due'
  const about = { 'aria-describedby': `for-you-${task.id}` }
  return (
    <Entry id={about['aria-describedby']} name={task.title} href={href} phone={null} fact={task.contactName}>
      {mayAct && (
        <Button size="small" {...about} onClick={() => done(task)}>
          {tasks('complete')}
        </Button>
      )}
      <LinkButton size="small" variant="ghost" {...about} href={href}>
        {t('open')}
      </LinkButton>
    </Entry>
  )
}

type EntryProps = {
  id: string
  name: string
  href: string
  phone: string | null
  fact: ReactNode
  children: ReactNode
}

function Entry({ id, name, href, phone, fact, children }: EntryProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2 text-table">
      <span className="flex min-w-48 flex-1 flex-wrap items-baseline gap-x-2 gap-y-1">
        <Link
          id={id}
          href={href}
          className="inline-flex min-h-6 min-w-0 items-center break-words font-bold underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        <span className="inline-flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">{fact}</span>
        {phone && (
          <a
            href={`tel:${phone.replace(/[^\d+]/g, '')}`}
            className="figures inline-flex min-h-6 shrink-0 items-center text-ink-2 underline-offset-4 hover:underline"
          >
            {phone}
          </a>
        )}
      </span>
      <span className="flex flex-wrap items-center gap-1.5">{children}</span>
    </li>
  )
}

/** The task goes at once, and comes back where the server refuses or somebody takes it back. */
function useDone(whose: 'mine' | 'all') {
  const t = useTranslations('tasks')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const { queryKey } = trpc.today.get.queryOptions({ whose })
  const onSettled = () => {
    void queries.invalidateQueries(trpc.today.pathFilter())
    void queries.invalidateQueries(trpc.tasks.pathFilter())
  }
  const complete = useMutation(trpc.tasks.complete.mutationOptions({ onSettled }))
  const reopen = useMutation(trpc.tasks.reopen.mutationOptions({ onSettled }))
  return ({ id }: ListedTask) => {
    const before = queries.getQueryData(queryKey)
    const back = () => queries.setQueryData(queryKey, before)
    queries.setQueryData(queryKey, (now) => now && withoutTask(now, id))
    complete.mutateAsync({ id }).then(() => toast.done(t('completed'), { onUndo: () => reopen.mutate({ id }) }), back)
  }
}

function withoutTask(data: ShownToday, id: string): ShownToday {
  const { rows, total } = data.tasks
  return { ...data, tasks: { rows: rows.filter((task) => task.id !== id), total: Math.max(0, total - 1) } }
}
