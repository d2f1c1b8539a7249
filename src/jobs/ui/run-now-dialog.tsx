'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'
import { runHref, shortName } from './job-names'
import type { FunctionRow } from './job-types'

type RunNowDialogProps = { fn: FunctionRow | null; onClose: () => void }

/** Begins one run by hand: a schedule as it is, an event's function with the data that are typed here. */
export function RunNowDialog({ fn, onClose }: RunNowDialogProps) {
  const t = useTranslations('jobs.runNow')
  const [data, setData] = useState('{}')
  const run = useRunNow(onClose)
  const id = fn?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function begins with empty data
  useEffect(() => setData('{}'), [id])
  const withData = fn !== null && fn.crons.length === 0
  const bad = withData && !isJsonObject(data)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (fn && !bad) run.mutate({ function: fn.id, ...(withData && { data }) })
  }
  return (
    <Dialog
      open={fn !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: fn ? shortName(fn.id) : '' })}
      description={withData ? t('eventHint', { event: fn?.events[0] ?? '' }) : t('cronHint')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={run.isPending} disabled={bad}>
            {t('action')}
          </Button>
        </>
      }
    >
      {withData && (
        <Field label={t('data')} error={bad ? t('badData') : undefined}>
          <Textarea
            rows={6}
            spellCheck={false}
            className="font-mono text-table"
            value={data}
            onChange={(event) => setData(event.target.value)}
          />
        </Field>
      )}
    </Dialog>
  )
}

function useRunNow(onDone: () => void) {
  const t = useTranslations('jobs.runNow')
  const [trpc, queries, toast, router] = [useTRPC(), useQueryClient(), useToast(), useRouter()]
  return useMutation(
    trpc.jobs.runNow.mutationOptions({
      onSuccess: ({ run }) => {
        toast.done(t('done'), { action: { label: t('see'), onClick: () => router.push(runHref(run)) } })
        onDone()
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.jobs.pathKey() }),
    }),
  )
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    // Half typed.
    return false
  }
}
