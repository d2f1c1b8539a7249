'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { StatusDot } from '@/ui/status-dot'
import { Duration } from './duration'
import { EarlierTries } from './earlier-tries'
import type { RunFacts, StepFacts } from './job-types'
import { RunLink } from './run-link'
import { Fold, ShownError, ShownJson } from './shown-json'
import { StepBar } from './step-bar'

const looks = {
  planned: { tone: 'info', shape: 'ring' },
  sleeping: { tone: 'neutral', shape: 'ring' },
  waiting: { tone: 'neutral', shape: 'ring' },
  arrived: { tone: 'info', shape: 'half' },
  retrying: { tone: 'warn', shape: 'triangle' },
  done: { tone: 'good', shape: 'full' },
  failed: { tone: 'bad', shape: 'triangle' },
} as const

/** The steps in the order in which they were met. */
export function RunSteps({ run }: { run: RunFacts }) {
  const t = useTranslations('jobs.steps')
  if (run.steps.length === 0) return <p className="text-ink-3 text-table">{t('none')}</p>
  return (
    <>
      <ol className="flex flex-col border-line border-l pl-3">
        {run.steps.map((step) => (
          <li key={step.hash} className="flex min-w-0 flex-col gap-1 py-2">
            <StepHead step={step} />
            <StepBar step={step} run={run} tone={looks[step.state].tone} />
            <StepWaits step={step} />
            {step.error && <ShownError error={step.error} />}
            <EarlierTries tries={step.tries} />
            {step.output && step.output.text !== 'null' && (
              <Fold label={t('output')}>
                <ShownJson value={step.output} whole={{ of: 'step', run: run.id, hash: step.hash }} />
              </Fold>
            )}
          </li>
        ))}
      </ol>
      {run.stepsCut && <p className="text-ink-3 text-meta">{t('cut', { count: run.steps.length })}</p>}
    </>
  )
}

function StepHead({ step }: { step: StepFacts }) {
  const t = useTranslations('jobs.steps')
  const format = useFormatter()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3">
      <span className="min-w-0 break-words font-medium text-table">{step.name}</span>
      <span className="flex items-center gap-2 text-ink-3 text-meta">
        <span>{kindOf(t, step.op)}</span>
        <StatusDot {...looks[step.state]} label={t(`states.${step.state}`)} />
        {step.durationMs !== null && step.durationMs > 0 && <Duration ms={step.durationMs} />}
        {step.attempt > 0 && <span>{t('attempt', { n: step.attempt + 1 })}</span>}
        {step.finishedAt && (
          <time dateTime={step.finishedAt} className="figures">
            {format.dateTime(new Date(step.finishedAt), { timeStyle: 'medium' })}
          </time>
        )}
      </span>
    </div>
  )
}

const KINDS = { Step: 'run', StepRun: 'run', StepError: 'run', StepFailed: 'run', StepPlanned: 'run' } as const
const OTHERS = { Sleep: 'sleep', WaitForEvent: 'wait', InvokeFunction: 'invoke' } as const

function kindOf(t: ReturnType<typeof useTranslations<'jobs.steps'>>, op: string): string {
  const kind = Object.entries({ ...KINDS, ...OTHERS }).find(([name]) => name === op)?.[1]
  return kind ? t(`kinds.${kind}`) : op
}

/** What an open step waits for: a time, an event, another run. */
function StepWaits({ step }: { step: StepFacts }) {
  const t = useTranslations('jobs.steps')
  const format = useFormatter()
  const at = step.dueAt && format.dateTime(new Date(step.dueAt), { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <>
      {step.awaits && (
        <Line>{at ? t('eventUntil', { event: step.awaits, at }) : t('event', { event: step.awaits })}</Line>
      )}
      {step.state === 'sleeping' && at && <Line>{t('until', { at })}</Line>}
      {step.child && (
        <Line>
          {t('child')} <RunLink run={step.child} />
        </Line>
      )}
    </>
  )
}

function Line({ children }: { children: React.ReactNode }) {
  return <p className="break-words text-ink-2 text-meta">{children}</p>
}
