'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'

const POLL_MS = 5000
/** A run may wait so long for a place; longer is worth a word. */
const LATE_SECONDS = 15

/** Who runs the jobs, and how that goes, in a sentence. */
export function EngineLine() {
  const t = useTranslations('jobs.engine')
  const format = useFormatter()
  const { data } = useQuery(useTRPC().jobs.overview.queryOptions(undefined, { refetchInterval: POLL_MS }))
  if (!data) return <>{t('unknown')}</>
  if (data.mode === 'inngest') {
    return (
      <>
        {t('inngest')}{' '}
        <a className="text-wheat-ink underline" href={data.dashboard ?? ''} target="_blank" rel="noopener noreferrer">
          {t('dashboard')}
        </a>
      </>
    )
  }
  if (data.refused !== null) return <span className="text-bad-ink">{t('refused', { problem: data.refused })}</span>
  const { workers, running, sleeping, failedLastHour, lagSeconds } = data.engine
  return (
    <>
      {workers === 0 ? t('none') : t('embedded', { workers })}{' '}
      {t('counts', { running, sleeping, failed: failedLastHour })}
      {lagSeconds > LATE_SECONDS && ` ${t('late', { seconds: format.number(Math.round(lagSeconds)) })}`}
    </>
  )
}
