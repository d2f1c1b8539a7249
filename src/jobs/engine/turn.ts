import type { Logger } from '@/observability/log'
import type { Completion } from './complete-runs'
import type { Handler } from './handler'
import type { EngineFunction, Registry } from './registry'
import type { Backoff } from './rules-backoff'
import type { EngineSql } from './sql'
import type { Parent } from './tell-parent'
import type { TurnWrite } from './write-steps'

/** What all parts of one engine share. */
export type Engine = {
  readonly sql: EngineSql
  readonly log: Logger
  readonly workerId: string
  readonly registry: Registry
  readonly handler: Handler
  readonly backoff: Backoff
  /** Leases that this process drives now. */
  readonly active: Set<string>
  /** How to leave each turn that runs here, by its lease; each is in `active` too, which a lease is before its claim. */
  readonly driven: Map<string, () => void>
  readonly longestStepMs: number
  /** Stores a turn's steps, with those of others; answers whether the turn still holds its run. */
  readonly store: (write: TurnWrite) => Promise<boolean>
  /** Ends a run that leaves no slot and has no parent; answers as `store`. */
  readonly complete: (end: Completion) => Promise<boolean>
  readonly isStopping: () => boolean
  /** Whether functions may run on from step to step, each result stored meanwhile (ask-ahead.ts). */
  readonly checkpointing: boolean
}

/** A run that this process holds until it parks or ends it. */
export type Turn = {
  readonly runId: string
  readonly leaseId: string
  readonly fn: EngineFunction
  /** JSON. */
  readonly event: string
  readonly slots: readonly string[]
  /** The step that invoked it. */
  readonly parent: Parent | null
  /** From its event to its start, and from there to this turn. */
  readonly queuedMs: number
  readonly runMs: number
}

/** Whether the turn goes on, or has parked or ended its run. */
export type Course = 'on' | 'over'

/** Another worker has taken the run (or it was cancelled): what this turn did since its last step does not count. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}
