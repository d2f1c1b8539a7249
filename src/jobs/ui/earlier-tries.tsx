import { useFormatter, useTranslations } from 'next-intl'
import type { RunFacts } from './job-types'
import { Fold, ShownError } from './shown-json'

/** What went wrong before it went well, or wrong for good. */
export function EarlierTries({ tries }: { tries: RunFacts['tries'] }) {
  const t = useTranslations('jobs.steps')
  const format = useFormatter()
  if (tries.length === 0) return null
  return (
    <Fold label={t('earlier', { count: tries.length })}>
      <ol className="flex flex-col gap-2 border-line border-l pl-3">
        {tries.map(({ attempt, failedAt, error }) => (
          <li key={failedAt} className="min-w-0">
            <p className="text-ink-3 text-meta">
              {t('attempt', { n: attempt })},{' '}
              <time dateTime={failedAt}>{format.dateTime(new Date(failedAt), { timeStyle: 'medium' })}</time>
            </p>
            {error && <ShownError error={error} />}
          </li>
        ))}
      </ol>
    </Fold>
  )
}
