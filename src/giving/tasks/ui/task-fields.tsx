'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { ContactPicker } from '../../gifts/ui/contact-picker'
import { TASK_KINDS, TASK_PRIORITIES, TASK_REPEATS } from '../rules'
import type { TaskValues } from './task-values'

export type TaskFieldsProps = {
  readonly values: TaskValues
  readonly change: (part: Partial<TaskValues>) => void
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

/** All but the title and the note. */
export function TaskFields({ values, change }: TaskFieldsProps) {
  const t = useTranslations('tasks')
  const kinds = TASK_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))
  const priorities = TASK_PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))
  const repeats = TASK_REPEATS.map((value) => ({ value, label: t(`repeats.${value}`) }))
  const hours = HOURS.map((value) => ({ value, label: `${value}:00` }))
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('fields.contact')}>
        <ContactPicker value={values.contact} onChange={(contact) => change({ contact })} placeholder={t('nobody')} />
      </Field>
      <AssigneeField values={values} change={change} />
      <Field label={t('fields.kind')}>
        <Select options={kinds} value={values.kind} onChange={(kind) => change({ kind })} />
      </Field>
      <Field label={t('fields.priority')}>
        <Select options={priorities} value={values.priority} onChange={(priority) => change({ priority })} />
      </Field>
      <Field label={t('fields.due')}>
        <Input type="date" value={values.dueOn} onChange={(event) => change({ dueOn: event.target.value })} />
      </Field>
      <Field label={t('fields.remind')} hint={t('fields.remindHint')}>
        <Select
          options={[{ value: '', label: '—' }, ...hours]}
          value={values.hour}
          onChange={(hour) => change({ hour })}
          disabled={values.dueOn === ''}
        />
      </Field>
      <Field label={t('fields.repeat')}>
        <Select
          options={[{ value: '' as const, label: t('never') }, ...repeats]}
          value={values.repeat}
          onChange={(repeat) => change({ repeat })}
        />
      </Field>
    </div>
  )
}

/** Whose it is; a new one is its maker's until somebody says otherwise. */
function AssigneeField({ values: { assigneeId }, change }: TaskFieldsProps) {
  const t = useTranslations('tasks')
  const members = useQuery(useTRPC().members.list.queryOptions()).data ?? []
  const own = members.find((member) => member.own)
  const options = [{ value: '', label: t('anybody') }, ...members.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <Field label={t('fields.assignee')}>
      <Select
        options={options}
        value={assigneeId === undefined ? (own?.id ?? null) : (assigneeId ?? '')}
        onChange={(id) => change({ assigneeId: id || null })}
      />
    </Field>
  )
}
