import { useFormatter, useTranslations } from 'next-intl'
import type { RunRow } from './job-types'

type Waiting = Pick<RunRow, 'state' | 'reason' | 'hold' | 'dueAt' | 'error' | 'attempt'>

/** Why a run was skipped. */
export function useSkipped(): (reason: RunRow['reason']) => string | null {
  const t = useTranslations('jobs.why.skipped')
  return (reason) => reason && t(skipKey(reason))
}

/** A moment of the day where it is near, with its date where it is not. */
const DAY_MS = 86_400_000

/** What a run waits for, why it was skipped, or what it failed of; null when there is nothing to say. */
export function useWhy(): (run: Waiting) => string | null {
  const t = useTranslations('jobs.why')
  const format = useFormatter()
  return (run) => {
    const at = run.dueAt ? moment(format, new Date(run.dueAt)) : ''
    switch (run.state) {
      case 'skipped':
        return run.reason ? t(`skipped.${skipKey(run.reason)}`) : null
      case 'queued':
        return held(t, run) ?? t('noWorker')
      case 'sleeping':
        if (run.attempt > 0) return run.error ? t('retry', { at, error: run.error }) : t('retryAt', { at })
        return held(t, run) ?? t('until', { at })
      case 'waiting':
        return at ? t('waitingUntil', { at }) : t('waiting')
      case 'failed':
        return run.error
      default:
        return null
    }
  }
}

function skipKey(reason: NonNullable<RunRow['reason']>) {
  return reason === 'rate limit' ? 'rateLimit' : reason
}

function held(t: ReturnType<typeof useTranslations<'jobs.why'>>, { hold }: Waiting): string | null {
  if (!hold) return null
  if (hold.kind === 'throttle') return t('throttle')
  return hold.key === null ? t('limit') : t('limitOf', { key: hold.key })
}

function moment(format: ReturnType<typeof useFormatter>, at: Date): string {
  const near = Math.abs(at.getTime() - Date.now()) < DAY_MS
  return format.dateTime(at, near ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' })
}
