import { cx } from '@/ui/class-names'
import { type Tone, toneMark } from '@/ui/tones'
import type { RunFacts, StepFacts } from './job-types'

/** A bar is never thinner, in percent: a step of a millisecond is seen, too. */
const LEAST = 0.75

/** When, within its run, a step was at work or waited; its times stand beside it in words. */
export function StepBar({ step, run, tone }: { step: StepFacts; run: RunFacts; tone: Tone }) {
  const { left, width } = shareOf(step, run)
  return (
    <div aria-hidden className="relative h-1 overflow-hidden rounded-full bg-press">
      <span
        className={cx('absolute inset-y-0 rounded-full bg-current', toneMark[tone], !step.finishedAt && 'opacity-60')}
        style={{ left: `${left}%`, width: `${width}%` }}
      />
    </div>
  )
}

function shareOf(step: StepFacts, run: RunFacts): { left: number; width: number } {
  const from = Date.parse(run.startedAt ?? run.createdAt)
  const to = timeOf(run.finishedAt)
  const end = timeOf(step.finishedAt)
  const begun = step.durationMs && step.finishedAt ? end - step.durationMs : Date.parse(step.createdAt)
  const percent = (ms: number) => Math.min(100, Math.max(0, (ms / Math.max(1, to - from)) * 100))
  const width = Math.max(LEAST, percent(end - begun))
  return { left: Math.min(100 - width, percent(begun - from)), width }
}

/** What is not over reaches to this moment. */
function timeOf(moment: string | null): number {
  return moment ? Date.parse(moment) : Date.now()
}
