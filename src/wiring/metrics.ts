import { createHash, timingSafeEqual } from 'node:crypto'
import { addressOf } from '@/accounts/sessions/visitor'
import type { Env } from '@/env'
import { engineHealth, type QueueTrouble, queueHealth, readSchedules } from '@/jobs/queries'
import { formatGauges, type Gauge } from '@/observability/prometheus'
import { version } from '../../package.json'
import { checkHealth } from './health'
import type { HealthDeps } from './health/part'

type Guard = Pick<Env, 'METRICS_TOKEN' | 'GLEANER_TRUST_PROXY'>

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1)$/
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i

/** Whether a request may read the metrics: by the token where one is set, else from this machine by its own name. */
export function mayReadMetrics(headers: Headers, { METRICS_TOKEN, GLEANER_TRUST_PROXY }: Guard): boolean {
  if (METRICS_TOKEN) return isEqual(headers.get('authorization') ?? '', `Bearer ${METRICS_TOKEN}`)
  // Through a proxy on this machine everybody comes from here; the name that they asked for then tells them.
  return LOOPBACK.test(addressOf(headers, GLEANER_TRUST_PROXY)) && LOCAL_HOST.test(headers.get('host') ?? '')
}

/** In a time that says nothing of where they differ. */
function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

/** What a monitor reads every few seconds, in Prometheus' text format. Throws when the database does not answer. */
export async function readMetrics(deps: HealthDeps): Promise<string> {
  const [engine, queue, schedules, { parts }] = await Promise.all([
    engineHealth(deps.db),
    queueHealth(deps.db),
    readSchedules(deps.db),
    checkHealth(deps),
  ])
  const now = deps.clock().getTime() / 1000
  const bySchedule = schedules.map(({ functionId, cron, ...state }) => ({
    labels: { function: functionId, cron },
    state,
  }))
  return formatGauges([
    gauge('gleaner_info', 'Always 1; the release is its label.', 1, { version }),
    {
      name: 'gleaner_health',
      help: 'A part of the installation: 1 well, 0.5 degraded, 0 down.',
      samples: Object.entries(parts).map(([part, { state }]) => ({ labels: { part }, value: GRADES[state] })),
    },
    gauge('gleaner_jobs_lag_seconds', 'Age of the oldest due run that nothing holds back.', engine.lagSeconds),
    {
      name: 'gleaner_jobs_runs',
      help: 'Runs that are at work or asleep.',
      samples: [
        { labels: { state: 'running' }, value: engine.running },
        { labels: { state: 'sleeping' }, value: engine.sleeping },
      ],
    },
    gauge('gleaner_jobs_failed_last_hour', 'Runs that failed for good within the last hour.', engine.failedLastHour),
    gauge('gleaner_jobs_stuck_leases', 'Runs at work whose worker has not been seen for 30 s.', engine.stuckLeases),
    byTask(
      'gleaner_jobs_queue_failing',
      'Calls of the queue that failed five times or more.',
      queue.trouble,
      'failing',
    ),
    byTask('gleaner_jobs_queue_given_up', 'Calls that the queue makes no more.', queue.trouble, 'givenUp'),
    gauge('gleaner_jobs_events_refused_last_hour', 'Events that could not be routed.', queue.refusedLastHour),
    gauge('gleaner_jobs_workers', 'Engines that were seen within the last 15 s.', engine.workers),
    {
      name: 'gleaner_jobs_last_success_timestamp_seconds',
      help: 'When a run of the schedule last ended well.',
      samples: bySchedule.map(({ labels, state: { lastSuccessSeconds: age } }) => ({
        labels,
        value: age === null ? null : Math.round(now - age),
      })),
    },
    {
      name: 'gleaner_jobs_next_tick_timestamp_seconds',
      help: 'When the schedule ticks next; in the past, it is late.',
      samples: bySchedule.map(({ labels, state }) => ({ labels, value: Math.round(now + state.nextSeconds) })),
    },
    gauge('process_resident_memory_bytes', 'Memory of the web process.', process.memoryUsage.rss()),
    gauge('process_start_time_seconds', 'When the web process began.', Math.round(now - process.uptime())),
  ])
}

const GRADES = { ok: 1, degraded: 0.5, down: 0 } as const

function gauge(name: string, help: string, value: number, labels?: Readonly<Record<string, string>>): Gauge {
  return { name, help, samples: [labels ? { labels, value } : { value }] }
}

function byTask(name: string, help: string, trouble: readonly QueueTrouble[], key: 'failing' | 'givenUp'): Gauge {
  return { name, help, samples: trouble.map((one) => ({ labels: { task: one.task }, value: one[key] })) }
}
