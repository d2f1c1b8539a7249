'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { useToast } from '@/ui/toast'
import { TOUCH_KINDS, type TouchKind } from '../../touches/rules'

/** One line: what it was, what was said, Enter. */
export function LogTouch({ contactId }: { contactId: string }) {
  const [t, touches] = [useTranslations('care.timeline'), useTranslations('touches')]
  const [kind, setKind] = useState<TouchKind>('call')
  const [note, setNote] = useState('')
  const log = useLog(() => setNote(''))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    log.mutate({ contactId, kind, note })
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-2 px-4 pb-3" data-print="hide">
      <div className="w-36">
        <Select
          label={touches('kind')}
          options={TOUCH_KINDS.map((value) => ({ value, label: touches(`kinds.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
      </div>
      <div className="min-w-40 flex-1">
        <Input
          aria-label={t('note')}
          placeholder={t('note')}
          value={note}
          maxLength={5000}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <Button type="submit" busy={log.isPending}>
        {t('log')}
      </Button>
    </form>
  )
}

function useLog(onLogged: () => void) {
  const t = useTranslations('care.timeline')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const renew = () => void queries.invalidateQueries(trpc.care.pathFilter())
  const undo = useMutation(trpc.touches.delete.mutationOptions({ onSettled: renew }))
  return useMutation(
    trpc.touches.log.mutationOptions({
      onSuccess: ({ id }) => {
        onLogged()
        toast.done(t('logged'), { onUndo: () => undo.mutate({ id }) })
      },
      onSettled: renew,
    }),
  )
}
