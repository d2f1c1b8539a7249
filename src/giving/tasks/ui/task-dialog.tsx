'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { momentOf } from '@/kernel/dates'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'
import { TASK_KINDS, TASK_PRIORITIES, TASK_REPEATS } from '../rules'
import type { ListedTask, NewTask } from '../schema'

type Props = {
  /** The task to change; null makes a new one. */
  readonly task: ListedTask | null
  /** Whom a new one is about. */
  readonly contactId?: string | null
  readonly timeZone: string
  readonly onClose: () => void
}

type Values = {
  readonly title: string
  readonly kind: NewTask['kind']
  readonly priority: NewTask['priority']
  readonly dueOn: string
  /** "09"; empty: no reminder. */
  readonly hour: string
  readonly repeat: NonNullable<NewTask['repeat']> | ''
  readonly note: string
}

const EMPTY: Values = { title: '', kind: 'call', priority: 'normal', dueOn: '', hour: '', repeat: '', note: '' }

/** One form for a new task and for an old one. */
export function TaskDialog({ task, contactId = null, timeZone, onClose }: Props) {
  const t = useTranslations('tasks')
  const [values, setValues] = useState<Values>(() => (task ? valuesOf(task, timeZone) : EMPTY))
  const change = (part: Partial<Values>) => setValues((now) => ({ ...now, ...part }))
  const { save, error, busy } = useSave({ task, contactId, timeZone, onClose })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save(values)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(task ? 'edit' : 'new')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Field label={t('fields.title')} error={error}>
        <Input value={values.title} maxLength={200} onChange={(event) => change({ title: event.target.value })} />
      </Field>
      <TaskFields values={values} change={change} />
      <Field label={t('fields.note')}>
        <Textarea value={values.note} maxLength={5000} onChange={(event) => change({ note: event.target.value })} />
      </Field>
    </Dialog>
  )
}

type FieldsProps = { readonly values: Values; readonly change: (part: Partial<Values>) => void }

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

function TaskFields({ values, change }: FieldsProps) {
  const t = useTranslations('tasks')
  const kinds = TASK_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))
  const priorities = TASK_PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))
  const repeats = TASK_REPEATS.map((value) => ({ value, label: t(`repeats.${value}`) }))
  const hours = HOURS.map((value) => ({ value, label: `${value}:00` }))
  return (
    <div className="grid gap-3 sm:grid-cols-2">
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

function valuesOf({ title, kind, priority, dueOn, remindAt, repeat, note }: ListedTask, timeZone: string): Values {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone })
  const hour = remindAt ? format.format(new Date(remindAt)) : ''
  return { title, kind, priority, dueOn: dueOn ?? '', hour, repeat: repeat ?? '', note }
}

function inputOf({ dueOn, hour, repeat, ...rest }: Values, timeZone: string) {
  const remindAt = dueOn !== '' && hour !== '' ? momentOf(dueOn, Number(hour), timeZone).toISOString() : null
  return { ...rest, dueOn: dueOn || null, remindAt, repeat: repeat || null }
}

function useSave({ task, contactId = null, timeZone, onClose }: Props) {
  const t = useTranslations('tasks')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const common = {
    onSuccess: () => {
      toast.done(t('created'))
      onClose()
    },
    onSettled: () => void queries.invalidateQueries(trpc.tasks.pathFilter()),
  }
  const create = useMutation(trpc.tasks.create.mutationOptions(common))
  const update = useMutation(trpc.tasks.update.mutationOptions({ ...common, onSuccess: onClose }))
  return {
    error: create.error?.message ?? update.error?.message,
    busy: create.isPending || update.isPending,
    save: (values: Values) => {
      const input = inputOf(values, timeZone)
      if (task) update.mutate({ id: task.id, version: task.version, ...input })
      else create.mutate({ ...input, contactId })
    },
  }
}
