'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { addDays } from '@/kernel/dates'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import { useToday } from '../../gifts/ui/use-today'
import type { CareRow } from '../schema'

/** Shows a change of a row before the server has it (null: it goes), and answers how to take that back. */
export type PatchRow = (row: CareRow, change: Partial<CareRow> | null) => () => void

const REMIND_DAYS = 3

/** What the buttons of a row do: at once on the page, told, and taken back where that is possible. */
export function useCareActions(patch: PatchRow) {
  const t = useTranslations('care.did')
  const [calls, today] = [useCalls(), useToday()]
  const toast = useToast()
  return {
    called(row: CareRow) {
      const back = patch(row, { spokenOn: today })
      calls.touch({ contactId: row.contactId, kind: 'call' }).then(({ id }) => {
        toast.done(t('called', { name: row.name }), { onUndo: undoing(back, () => calls.untouch({ id })) })
      }, back)
    },
    remind(row: CareRow) {
      const back = patch(row, { taskOn: addDays(today, REMIND_DAYS) })
      calls.remind({ contactId: row.contactId }).then(({ id }) => {
        toast.done(t('remind', { name: row.name }), { onUndo: undoing(back, () => calls.forget({ id })) })
      }, back)
    },
    thanked(row: CareRow) {
      const back = patch(row, null)
      calls.thank({ contactId: row.contactId }).then((thanked) => {
        toast.done(t('thanked', { name: row.name }), { onUndo: undoing(back, () => calls.unthank(thanked)) })
      }, back)
    },
    pause(row: CareRow) {
      const { pledgeId } = row
      if (!pledgeId) return
      const back = patch(row, null)
      calls.pause({ pledgeId }).then(() => {
        toast.done(t('pause', { name: row.name }), { onUndo: undoing(back, () => calls.resume({ id: pledgeId })) })
      }, back)
    },
  }
}

export type CareActions = ReturnType<typeof useCareActions>

/** The row is as it was before the server says so; a refusal is told by the cache, and the rows are read again. */
function undoing(back: () => void, call: () => void) {
  return () => {
    back()
    call()
  }
}

/** The verbs, each with the rows read again after it. A refusal is told by whoever made the query client. */
function useCalls() {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const onSettled = () => {
    for (const filter of [trpc.care.pathFilter(), trpc.today.pathFilter(), trpc.tasks.pathFilter()])
      void queries.invalidateQueries(filter)
  }
  return {
    touch: useMutation(trpc.touches.log.mutationOptions({ onSettled })).mutateAsync,
    untouch: useMutation(trpc.touches.delete.mutationOptions({ onSettled })).mutate,
    remind: useMutation(trpc.care.remind.mutationOptions({ onSettled })).mutateAsync,
    forget: useMutation(trpc.tasks.delete.mutationOptions({ onSettled })).mutate,
    thank: useMutation(trpc.care.thank.mutationOptions({ onSettled })).mutateAsync,
    unthank: useMutation(trpc.care.unthank.mutationOptions({ onSettled })).mutate,
    pause: useMutation(trpc.care.pause.mutationOptions({ onSettled })).mutateAsync,
    resume: useMutation(trpc.pledges.resume.mutationOptions({ onSettled })).mutate,
  }
}
