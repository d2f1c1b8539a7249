'use client'

import { useQuery } from '@tanstack/react-query'
import { Ban, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { hasEnded } from '../rules-states'
import { shortName } from './job-names'
import type { RunRow } from './job-types'
import { useRunDeeds } from './use-run-deeds'

type RunActionsProps = { run: Pick<RunRow, 'id' | 'functionId' | 'state'>; onOpen: (id: string) => void }

/** What can be done with a run as it stands. */
export function RunActions({ run, onOpen }: RunActionsProps) {
  const t = useTranslations('jobs.actions')
  const deeds = useRunDeeds(onOpen)
  const { data: overview } = useQuery(useTRPC().jobs.overview.queryOptions())
  if (!hasEnded(run.state)) {
    return (
      <ConfirmDialog
        title={t('cancelTitle', { name: shortName(run.functionId) })}
        description={t('cancelHint')}
        confirm={t('cancel')}
        onConfirm={() => deeds.cancel(run.id)}
        trigger={<Button icon={<Ban aria-hidden />}>{t('cancel')}</Button>}
      />
    )
  }
  // With an Inngest server in charge nothing is begun from here.
  if (overview?.mode === 'inngest') return null
  return (
    <Button icon={<RotateCcw aria-hidden />} busy={deeds.isRetrying} onClick={() => deeds.retry(run.id)}>
      {t('retry')}
    </Button>
  )
}
