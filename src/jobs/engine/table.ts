import { sql } from 'drizzle-orm'
import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, moment } from '@/db/columns'

/*
 * Global tables, written by the embedded engine alone. JSON lies in `text`: it is passed on to the SDK as it came, and
 * jsonb refuses the \u0000 that a scraped page may hold.
 */

/** What was sent. Kept 7 days; a run has its own copy of the event that began it. */
export const jobEvents = pgTable(
  'job_events',
  {
    id: id(),
    /** The sender's idempotency id, else one made for it: the same key twice is one event. */
    key: text().notNull().unique(),
    name: text().notNull(),
    /** `{id, name, data, ts}` as JSON. */
    payload: text().notNull(),
    receivedAt: moment().notNull().defaultNow(),
    /** When its runs were made. */
    routedAt: moment(),
    /** Why they could not be: what the database, or an expression, said of it. */
    error: text(),
  },
  (t) => [
    index('job_events_unrouted').on(t.receivedAt).where(sql`routed_at is null`),
    index('job_events_routed').on(t.name, t.receivedAt, t.id).where(sql`routed_at is not null`),
    index('job_events_refused').on(t.routedAt).where(sql`error is not null`),
    index('job_events_age').on(t.receivedAt),
  ],
)

/**
 * queued (due now, or blocked by a concurrency limit) → running (leased by a worker) → sleeping (until `due_at`) → …
 * → completed | failed | cancelled. `waiting` is for runs that only an event wakes; `skipped` never began, `reason` says why.
 */
export type RunState = 'queued' | 'running' | 'sleeping' | 'waiting' | 'completed' | 'failed' | 'cancelled' | 'skipped'

/** Why an event began no run of a function that it triggers. */
export type SkipReason = 'rate limit' | 'idempotency' | 'singleton' | 'debounce'

export const jobRuns = pgTable(
  'job_runs',
  {
    id: id(),
    /** As the SDK names it: `gleaner-<job id>`. */
    functionId: text().notNull(),
    eventId: uuid(),
    /** The event that began it, as JSON. */
    event: text().notNull(),
    /** The run that invoked it, and by which of its steps. */
    parentRunId: uuid(),
    parentHash: text(),
    /** The run that it repeats. */
    retryOf: uuid(),
    /** Who began it by hand, and who cancelled it (../rules-requester.ts). */
    requestedBy: text(),
    cancelledBy: text(),
    state: text().$type<RunState>().notNull().default('queued'),
    /** When it may go on; null while it runs or has ended. */
    dueAt: moment().defaultNow(),
    /** Failed tries of what is being tried now. */
    attempt: integer().notNull().default(0),
    /** Names the turn that holds the run: only it may write. */
    leaseId: uuid(),
    workerId: uuid(),
    /** How often it was taken from a dead worker since its last step. */
    takeovers: integer().notNull().default(0),
    /** Its place in every line: when its event came, less its priority. */
    orderAt: moment().notNull().defaultNow(),
    /** Its places among concurrency limits, in the order in which it takes them (rules-slots.ts). */
    slots: text().array().notNull().default(sql`'{}'`),
    /** The full slot, or the throttle, in whose line it waits; it is called when its turn comes. */
    blockedOn: text(),
    /** The slot that it was called to: a place there is kept for it until it is claimed. */
    calledTo: text(),
    /** A place that it has while it waits for one of the next slot. */
    keeps: text(),
    /** How many of its steps run at a time: so many places it has in each of its slots. */
    width: integer().notNull().default(1),
    /** The throttle that it has still to pass; null once it has begun. */
    throttle: text(),
    /** Only one run of this key is open at a time. */
    singleton: text(),
    /** Why it was skipped. */
    reason: text().$type<SkipReason>(),
    output: text(),
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (t) => [
    index('job_runs_due').on(t.dueAt).where(sql`state in ('queued', 'sleeping') and blocked_on is null`),
    index('job_runs_running').on(t.workerId).where(sql`state = 'running'`),
    index('job_runs_blocked')
      .on(t.blockedOn, t.orderAt, t.id)
      .where(sql`blocked_on is not null and state in ('queued', 'sleeping')`),
    index('job_runs_called').on(t.calledTo).where(sql`called_to is not null and state in ('queued', 'sleeping')`),
    index('job_runs_keeps').on(t.keeps).where(sql`keeps is not null and state in ('queued', 'sleeping')`),
    index('job_runs_throttled')
      .on(t.throttle, t.orderAt, t.id)
      .where(sql`throttle is not null and state in ('queued', 'sleeping')`),
    index('job_runs_singleton').on(t.singleton).where(sql`singleton is not null and finished_at is null`),
    index('job_runs_ended').on(t.state, t.finishedAt).where(sql`finished_at is not null`),
    index('job_runs_of_function').on(t.functionId, t.createdAt),
    index('job_runs_of_event').on(t.eventId).where(sql`event_id is not null`),
    index('job_runs_of_parent').on(t.parentRunId).where(sql`parent_run_id is not null`),
  ],
)

/**
 * planned: to be run by its own request; sleeping: until `due_at`; waiting: for an event or an invoked run, at most until
 * `due_at`; arrived: that has come, its run takes it in; retrying: shown only, the run repeats it.
 */
export type StepState = 'planned' | 'sleeping' | 'waiting' | 'arrived' | 'retrying' | 'done' | 'failed'

/** A step's result, written once: what is `done` or `failed` here is never run again. */
export const jobSteps = pgTable(
  'job_steps',
  {
    runId: uuid()
      .notNull()
      .references(() => jobRuns.id, { onDelete: 'cascade' }),
    /** SHA-1 of the step's id, as the SDK names it. */
    hash: text().notNull(),
    name: text().notNull(),
    op: text().notNull(),
    state: text().$type<StepState>().notNull(),
    /** Order of completion: the SDK replays steps by it. */
    position: integer(),
    attempt: integer().notNull().default(0),
    data: text(),
    error: text(),
    dueAt: moment(),
    durationMs: integer(),
    createdAt: moment().notNull().defaultNow(),
    finishedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.hash] })],
)

/** What went wrong in a try that was not the last: of a step, or of the function between its steps. */
export const jobFailedTries = pgTable(
  'job_failed_tries',
  {
    runId: uuid()
      .notNull()
      .references(() => jobRuns.id, { onDelete: 'cascade' }),
    /** The step's; empty for the function itself. */
    hash: text().notNull(),
    /** Which try it was, from 1. */
    attempt: integer().notNull(),
    error: text().notNull(),
    failedAt: moment().notNull().defaultNow(),
  },
  (t) => [index('job_failed_tries_of_run').on(t.runId, t.failedAt)],
)

/** Who waits for an event: a step (`waitForEvent`), or a run that the event cancels (`cancelOn`). One event takes a row. */
export const jobWaits = pgTable(
  'job_waits',
  {
    runId: uuid()
      .notNull()
      .references(() => jobRuns.id, { onDelete: 'cascade' }),
    /** The step's hash, or `cancel/<position>`. */
    key: text().notNull(),
    event: text().notNull(),
    /** What must hold of the run's event and the one that has come; null when its name is enough. */
    expression: text(),
    /**
     * An equality that the expression asks for: the path in the event that comes (a JSON list) and a digest of the value
     * there. Empty when it asks for none; then every event of the name is looked at.
     */
    matchPath: text().notNull().default(''),
    matchValue: text().notNull().default(''),
    expiresAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.key] }), index('job_waits_match').on(t.event, t.matchPath, t.matchValue)],
)

/** The next tick of each schedule; the row's lock makes a tick one run, however many workers there are. */
export const jobCrons = pgTable(
  'job_crons',
  {
    functionId: text().notNull(),
    cron: text().notNull(),
    nextAt: moment().notNull(),
    lastAt: moment(),
    lastRunId: uuid(),
  },
  (t) => [primaryKey({ columns: [t.functionId, t.cron] })],
)

/** How far a throttle or a rate limit is used: its theoretical arrival time (rules-throttle.ts), in ms since 1970. */
export const jobRates = pgTable('job_rates', { key: text().primaryKey(), tat: doublePrecision().notNull() }, (t) => [
  index('job_rates_tat').on(t.tat),
])

/** Events that wait for a quiet period: the last one begins the run, and the row goes. */
export const jobDebounces = pgTable(
  'job_debounces',
  {
    key: text().primaryKey(),
    functionId: text().notNull(),
    /** The last event so far, and when it came. */
    eventId: uuid(),
    event: text().notNull(),
    eventAt: moment().notNull(),
    /** How many events came, this one included. */
    events: integer().notNull().default(1),
    firstAt: moment().notNull().defaultNow(),
    dueAt: moment().notNull(),
  },
  (t) => [index('job_debounces_due').on(t.dueAt)],
)

export type KnownFunction = {
  readonly id: string
  readonly events: readonly string[]
  readonly crons: readonly string[]
}

/** Living engines. One that has not been seen for a lease's time is dead, and its runs are taken over. */
export const jobWorkers = pgTable('job_workers', {
  id: id(),
  /** graphile-worker's name of each of its queues, whose locks are undone when the worker dies. */
  poolIds: text().array().notNull().default(sql`'{}'`),
  /** Where its process id means something: the machine's boot and its namespace of processes. */
  home: text().notNull(),
  pid: integer().notNull(),
  /** What it knows (known.ts): workers of another release leave alone, or hand over, what only it can do. */
  release: text().notNull().default(''),
  functions: jsonb().$type<readonly KnownFunction[]>().notNull().default([]),
  startedAt: moment().notNull().defaultNow(),
  seenAt: moment().notNull().defaultNow(),
})

/** What the last worker that knew it left behind: until when events reached this function by this name (catch-up.ts). */
export const jobListeners = pgTable(
  'job_listeners',
  { functionId: text().notNull(), event: text().notNull(), lastAt: moment().notNull() },
  (t) => [primaryKey({ columns: [t.functionId, t.event] })],
)
