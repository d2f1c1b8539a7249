'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Checkbox } from '@/ui/checkbox'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { LinkButton } from '@/ui/link-button'
import type { ShownImport } from '../schema'

/** What can be done with an import as it stands. */
export function ImportActions({ shown }: { shown: ShownImport }) {
  const t = useTranslations('imports')
  const { id, state, counts } = shown
  const [withPossible, setWithPossible] = useState(false)
  const { commit, undo } = useImportVerbs()
  const many = (counts?.new ?? 0) + (counts?.update ?? 0) + (withPossible ? (counts?.possible ?? 0) : 0)
  const possible = counts?.possible ?? 0
  return (
    <>
      {(counts?.error ?? 0) > 0 && <ErrorsButton id={id} />}
      {state === 'done' && shown.kind === 'gifts' && <LinkButton href={`/gifts?import=${id}`}>{t('opens')}</LinkButton>}
      {state === 'ready' && possible > 0 && (
        <Checkbox label={t('withPossible', { count: possible })} checked={withPossible} onChange={setWithPossible} />
      )}
      {state === 'ready' && (
        <Button
          variant="primary"
          disabled={many === 0}
          busy={commit.isPending}
          onClick={() => commit.mutate({ id, withPossible })}
        >
          {t('commit', { count: many })}
        </Button>
      )}
      {state === 'stopped' && <Button onClick={() => commit.mutate({ id, withPossible })}>{t('goOn')}</Button>}
      {(state === 'done' || state === 'stopped') && (
        <ConfirmDialog
          trigger={<Button>{t('undo')}</Button>}
          title={t('undoTitle')}
          description={t('undoWhat')}
          confirm={t('undo')}
          onConfirm={() => undo.mutateAsync({ id })}
        />
      )}
    </>
  )
}

function useImportVerbs() {
  const [trpc, client] = [useTRPC(), useQueryClient()]
  const onSettled = () => client.invalidateQueries({ queryKey: trpc.imports.pathKey() })
  const commit = useMutation(trpc.imports.commit.mutationOptions({ onSettled }))
  const undo = useMutation(trpc.imports.undo.mutationOptions({ onSettled }))
  return { commit, undo }
}

function ErrorsButton({ id }: { id: string }) {
  const t = useTranslations('imports')
  const client = useTRPCClient()
  const save = useMutation({
    mutationFn: async () => saveText((await client.imports.errors.query({ id })).csv, 'errors.csv'),
  })
  return (
    <Button busy={save.isPending} onClick={() => save.mutate()}>
      {t('errors')}
    </Button>
  )
}

function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
