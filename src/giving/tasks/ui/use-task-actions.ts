'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import type { ListedTask } from '../schema'

/** What may be done with a task, each with its undo where it has one. */
export function useTaskActions() {
  const t = useTranslations('tasks')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const common = {
    onSettled: () => void queries.invalidateQueries(trpc.tasks.pathFilter()),
  }
  const complete = useMutation(trpc.tasks.complete.mutationOptions(common))
  const reopen = useMutation(trpc.tasks.reopen.mutationOptions(common))
  const snooze = useMutation(trpc.tasks.snooze.mutationOptions(common))
  const remove = useMutation(trpc.tasks.delete.mutationOptions(common))
  const restore = useMutation(trpc.tasks.restore.mutationOptions(common))
  return {
    complete: ({ id }: ListedTask) =>
      complete.mutate({ id }, { onSuccess: () => toast.done(t('completed'), { onUndo: () => reopen.mutate({ id }) }) }),
    reopen: ({ id }: ListedTask) => reopen.mutate({ id }, { onSuccess: () => toast.done(t('reopened')) }),
    snooze: ({ id }: ListedTask) => snooze.mutate({ id, days: 3 }, { onSuccess: () => toast.done(t('snoozed')) }),
    remove: ({ id }: ListedTask) =>
      remove.mutate({ id }, { onSuccess: () => toast.done(t('deleted'), { onUndo: () => restore.mutate({ id }) }) }),
  }
}
