'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'
import type { ListedTask } from '../schema'
import { TaskFields } from './task-fields'
import { inputOf, type TaskValues, valuesOf } from './task-values'

type Props = {
  /** The task to change; null makes a new one. */
  readonly task: ListedTask | null
  /** Whom a new one is about. */
  readonly contact?: TaskValues['contact']
  readonly timeZone: string
  readonly onClose: () => void
}

/** One form for a new task and for an old one. */
export function TaskDialog({ task, contact = null, timeZone, onClose }: Props) {
  const t = useTranslations('tasks')
  const [values, setValues] = useState(() => valuesOf(task, contact, timeZone))
  const change = (part: Partial<TaskValues>) => setValues((now) => ({ ...now, ...part }))
  const { save, error, busy } = useSave({ task, timeZone, onClose })
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

function useSave({ task, timeZone, onClose }: Omit<Props, 'contact'>) {
  const t = useTranslations('tasks')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const common = {
    onSuccess: () => {
      toast.done(t('created'))
      onClose()
    },
    // The form says itself what is wrong.
    meta: { quiet: true },
    onSettled: () => void queries.invalidateQueries(trpc.tasks.pathFilter()),
  }
  const create = useMutation(trpc.tasks.create.mutationOptions(common))
  const update = useMutation(trpc.tasks.update.mutationOptions({ ...common, onSuccess: onClose }))
  return {
    error: create.error?.message ?? update.error?.message,
    busy: create.isPending || update.isPending,
    save: (values: TaskValues) => {
      const input = inputOf(values, timeZone)
      if (task) update.mutate({ id: task.id, version: task.version, ...input })
      else create.mutate(input)
    },
  }
}
