import { engineHealth, type QueueState, queueHealth, readSchedules, type ScheduleState } from '@/jobs/queries'
import type { CheckPart, HealthPart } from './part'

/** A run may wait for a worker that is being restarted; longer means that nobody works. */
const MOST_LAG_SECONDS = 120
/** So late a schedule ticks only when no worker is there to hear it. */
const MOST_LATE_SECONDS = 120

/** With an Inngest server in charge nothing waits here, and it tells by itself how it does. */
export const checkJobsPart: CheckPart = async ({ db, jobs }) => {
  if (jobs.mode === 'inngest') return { state: 'ok', engine: 'inngest' }
  const [engine, queue, schedules] = await Promise.all([engineHealth(db), queueHealth(db), readSchedules(db)])
  const { workers, failedLastHour, stuckLeases } = engine
  const lagSeconds = Math.round(engine.lagSeconds)
  const scheduleLateSeconds = latest(schedules)
  const ages = Object.fromEntries(schedules.map(lastSuccess))
  const figures = {
    ...{ engine: 'embedded', lagSeconds, workers, failedLastHour, stuckLeases, scheduleLateSeconds },
    ...queueFigures(queue),
    ...ages,
  }
  if (lagSeconds > MOST_LAG_SECONDS) {
    return { state: 'down', detail: `jobs wait for ${lagSeconds} s, ${workers} workers`, ...figures }
  }
  return { ...troubleOf(stuckLeases, scheduleLateSeconds, queue), ...figures }
}

function queueFigures({ trouble, refusedLastHour }: QueueState) {
  const sum = (key: 'failing' | 'givenUp') => trouble.reduce((all, one) => all + one[key], 0)
  return { queueFailing: sum('failing'), queueGivenUp: sum('givenUp'), eventsRefusedLastHour: refusedLastHour }
}

function troubleOf(stuckLeases: number, late: number, { trouble, refusedLastHour }: QueueState): HealthPart {
  if (late > MOST_LATE_SECONDS) return { state: 'degraded', detail: `a schedule is late by ${late} s` }
  if (stuckLeases > 0) return { state: 'degraded', detail: `${stuckLeases} runs are held by dead workers` }
  if (trouble.length > 0) {
    const tasks = trouble.map(({ task }) => task).join(', ')
    return { state: 'degraded', detail: `calls of the queue fail again and again: ${tasks}` }
  }
  if (refusedLastHour > 0) return { state: 'degraded', detail: `${refusedLastHour} events could not be routed` }
  return { state: 'ok' }
}

function latest(schedules: readonly ScheduleState[]): number {
  return Math.max(0, ...schedules.map(({ nextSeconds }) => Math.round(-nextSeconds)))
}

function lastSuccess({ functionId, lastSuccessSeconds }: ScheduleState) {
  const age = lastSuccessSeconds === null ? null : Math.round(lastSuccessSeconds)
  return [`${functionId.replace(/^gleaner-/, '')}.lastSuccessSeconds`, age] as const
}
