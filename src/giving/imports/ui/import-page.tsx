'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { ErrorState } from '@/ui/error-state'
import { PageHeader } from '@/ui/page-header'
import { Progress } from '@/ui/progress'
import { Skeleton } from '@/ui/skeleton'
import type { ShownImport } from '../schema'
import { ImportActions } from './import-actions'
import { ImportRows } from './import-rows'
import { ImportSettings } from './import-settings'
import { useLiveImports } from './use-live-imports'

const POLL_MS = 2000

/** One import: questions, verdicts, the way it goes, and its undo. */
export function ImportPage({ id }: { id: string }) {
  const t = useTranslations('imports')
  useLiveImports()
  const query = useQuery(
    useTRPC().imports.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (isBusy(state.data?.state) ? POLL_MS : false) },
    ),
  )
  const [changing, setChanging] = useState(false)
  if (query.isPending) return <Skeleton className="h-64 w-full" />
  if (!query.data) return <ErrorState onRetry={() => query.refetch()} />
  const shown = query.data
  const asks = shown.state === 'asking' || changing
  return (
    <>
      <PageHeader
        title={shown.fileName}
        summary={<Facts shown={shown} />}
        back={{ href: '/imports', label: t('title') }}
        actions={<ImportActions shown={shown} />}
      />
      <Standing shown={shown} />
      {shown.state === 'ready' && !changing && (
        <Button variant="link" onClick={() => setChanging(true)}>
          {t('change')}
        </Button>
      )}
      {asks && <ImportSettings key={shown.state} shown={shown} onDone={() => setChanging(false)} />}
      {!asks && shown.counts && <ImportRows shown={shown} counts={shown.counts} />}
    </>
  )
}

function isBusy(state: ShownImport['state'] | undefined): boolean {
  return state === 'judging' || state === 'committing' || state === 'undoing'
}

function Facts({ shown: { rows, state, reading, kind, currency } }: { shown: ShownImport }) {
  const t = useTranslations('imports')
  const needsCurrency = kind === 'gifts' && reading.mapping.currency === undefined
  const facts = t('facts', { rows, encoding: reading.encoding, line: reading.headerLine })
  return (
    <>
      {t(`state.${state}`)} · {t(`kind.${kind}`)} · {facts}
      {needsCurrency && ` · ${t('currencyIs', { currency })}`}
    </>
  )
}

function Standing({ shown }: { shown: ShownImport }) {
  const t = useTranslations('imports')
  const errors = useTranslations('errors')
  const { state, committed, rows, problem, kept } = shown
  if (state === 'judging') return <Progress label={t('reading')} done={0} total={null} />
  if (state === 'committing') return <Progress label={t('writing')} done={committed} total={rows} />
  if (state === 'undoing') return <Progress label={t('undoing')} done={0} total={null} />
  if (state === 'stopped') {
    const key = `import.${problem?.replace('import.', '')}`
    return (
      <p role="alert" className="mb-4 text-bad-ink">
        {errors.has(key as 'import.stopped') ? errors(key as 'import.stopped') : errors('import.stopped')}
      </p>
    )
  }
  if (state !== 'undone' || kept.length === 0) return null
  return (
    <div className="mb-4">
      <p>{t('kept')}</p>
      <ul className="list-disc ps-5">
        {[...new Map(kept.map((one) => [one.contactId, one.name]))].map(([contactId, name]) => (
          <li key={contactId}>
            <Link className="text-wheat-ink underline" href={`/contacts/${contactId}`}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
