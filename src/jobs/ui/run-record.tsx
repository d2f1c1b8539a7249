'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/ui/date-time'
import { ByHand } from './by-hand'
import { Duration, msBetween } from './duration'
import { EarlierTries } from './earlier-tries'
import type { RunFacts } from './job-types'
import { RunLink } from './run-link'
import { RunSteps } from './run-steps'
import { Fold, ShownError, ShownJson } from './shown-json'
import { useWhy } from './use-why'

/** All that is known of one run. */
export function RunRecord({ run }: { run: RunFacts }) {
  const t = useTranslations('jobs')
  // The error stands below by itself.
  const why = useWhy()({ ...run, error: null })
  return (
    <div className="flex flex-col gap-5">
      {why && <p className="break-words text-ink-2 text-table">{why}</p>}
      {run.error && (run.state === 'failed' || run.attempt > 0) && (
        <Part title={t('record.error')}>
          <ShownError error={run.error} />
        </Part>
      )}
      <Facts run={run} />
      <Part title={t('record.steps')}>
        <RunSteps run={run} />
        <EarlierTries tries={run.tries} />
      </Part>
      {run.output && (
        <Fold label={t('record.output')} open>
          <ShownJson value={run.output} whole={{ of: 'output', run: run.id }} />
        </Fold>
      )}
      {run.event && (
        <Fold label={t('record.event')}>
          <ShownJson value={run.event} whole={{ of: 'begunBy', run: run.id }} />
        </Fold>
      )}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 font-bold text-body">{title}</h3>
      {children}
    </section>
  )
}

function Facts({ run }: { run: RunFacts }) {
  const t = useTranslations('jobs.record')
  const ms = msBetween(run.startedAt, run.finishedAt)
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-table">
      <Fact name={t('begunBy')}>
        <Beginning run={run} />
      </Fact>
      {run.stoppedBy && (
        <Fact name={t('stoppedBy')}>
          <ByHand requester={run.stoppedBy} />
        </Fact>
      )}
      {run.parent && (
        <Fact name={t('invokedBy')}>
          <RunLink run={run.parent} />
        </Fact>
      )}
      {run.retryOf && (
        <Fact name={t('repeats')}>
          <RunLink run={run.retryOf} />
        </Fact>
      )}
      {run.repeats.map((again) => (
        <Fact key={again.id} name={t('repeatedBy')}>
          <RunLink run={again} />
        </Fact>
      ))}
      {run.cancelledBy.length > 0 && <Fact name={t('cancelledBy')}>{run.cancelledBy.join(', ')}</Fact>}
      <Fact name={t('came')}>
        <DateTime value={run.createdAt} show="dateTime" />
      </Fact>
      {run.startedAt && (
        <Fact name={t('began')}>
          <DateTime value={run.startedAt} show="dateTime" />
        </Fact>
      )}
      {run.finishedAt && (
        <Fact name={t('ended')}>
          <DateTime value={run.finishedAt} show="dateTime" />
        </Fact>
      )}
      {ms !== null && (
        <Fact name={t('took')}>
          <Duration ms={ms} />
        </Fact>
      )}
      {run.takeovers > 0 && <Fact name={t('takeovers')}>{run.takeovers}</Fact>}
      <Fact name={t('id')}>
        <code className="break-all font-mono text-meta">{run.id}</code>
      </Fact>
    </dl>
  )
}

/** What began it; where somebody did, that is who, and what they did it in place of. */
function Beginning({ run }: { run: RunFacts }) {
  const t = useTranslations('jobs.record')
  const scheduled = run.eventName === 'inngest/scheduled.timer'
  if (!run.requestedBy) return scheduled ? t('schedule') : run.eventName
  return (
    <>
      <ByHand requester={run.requestedBy} />,{' '}
      {scheduled ? t('asScheduled') : t('asIfCame', { event: run.eventName ?? '' })}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
