import type { StepState } from './table'

/** A step's row, as a turn reads it. */
export type StepRow = {
  readonly hash: string
  readonly name: string
  readonly op: string
  readonly state: StepState
  readonly attempt: number
  readonly data: string | null
  readonly error: string | null
  /** It is open, and its time has come. */
  readonly ripe: boolean
}

export type Pending = Pick<StepRow, 'hash' | 'name' | 'op' | 'attempt' | 'ripe'> & {
  readonly state: 'planned' | 'sleeping' | 'waiting' | 'arrived'
}

/** All results of a moment as JSON, and their order. */
type Known = { readonly results: string; readonly order: readonly string[] }

/** What a turn knows of its run's steps. Only this turn may write them, so nothing is read again. */
export type Memory = {
  /** `"hash":{"type":"data","data":…}` of each finished step. */
  readonly results: string[]
  /** Hashes in order of completion. */
  readonly order: string[]
  readonly finished: Set<string>
  /** What was known when steps were last planned; null until one of them is asked for. */
  known: Known | null
  /** Of all results, in UTF-16 units: what a request carries, about as many bytes. */
  size: number
  readonly pending: Map<string, Pending>
  attempt: number
}

export function recall(rows: readonly StepRow[], attempt: number): Memory {
  const memory: Memory = {
    results: [],
    order: [],
    finished: new Set(),
    known: null,
    size: 0,
    pending: new Map(),
    attempt,
  }
  for (const row of rows) {
    if (row.state === 'done' || row.state === 'failed') remember(memory, row.hash, row.state, row.data ?? row.error)
    else if (row.state !== 'retrying') memory.pending.set(row.hash, { ...row, state: row.state })
  }
  return memory
}

/** Notes a finished step; `json` is its data or its error. */
export function remember(memory: Memory, hash: string, state: 'done' | 'failed', json: string | null): void {
  memory.pending.delete(hash)
  memory.order.push(hash)
  memory.finished.add(hash)
  memory.size += json?.length ?? 0
  const [type, key] = state === 'done' ? ['data', 'data'] : ['error', 'error']
  memory.results.push(`"${hash}":{"type":"${type}","${key}":${json ?? 'null'}}`)
}

/** As in Inngest: a loop that never ends must not fill the database, nor its results this process. */
const MOST_STEPS = 1000
const MOST_RESULTS = 32 * 1024 * 1024

/** The words of a run that has more steps, or larger results, than one may; null for all others. */
export function excessOf({ order, pending, size }: Memory): string | null {
  if (order.length + pending.size > MOST_STEPS) return `a run may have ${MOST_STEPS} steps, this one has more`
  if (size > MOST_RESULTS) return 'the results of a run’s steps may have 32 MB, those of this one have more'
  return null
}

export function knows(memory: Memory, hash: string): boolean {
  return memory.pending.has(hash) || memory.finished.has(hash)
}

type Asking = {
  readonly id: string
  /** Its hash; `step` asks what is next. */
  readonly step: string
  readonly event: string
  readonly attempt: number
  readonly tries: number
  /** With them the SDK posts each result and goes on, unless the function or its client asks not to. */
  readonly checkpoints?: { readonly fn_id: string; readonly qi_id: string }
}

/**
 * Asked what is next, the function needs all results; for a planned step those that were there when the last was planned
 * are enough, so that n steps at once do not carry n times the results of each other.
 */
function resultsFor(memory: Memory, step: string): Known {
  if (step === 'step') return knownNow(memory)
  memory.known ??= knownNow(memory)
  return memory.known
}

function knownNow({ results, order }: Memory): Known {
  return { results: results.join(','), order: [...order] }
}

/**
 * The body of a request to the SDK. Put together as text, for the steps' results are JSON already. Version -1 (the SDK
 * chooses) is read fastest.
 */
export function requestBody(memory: Memory, { id, step, event, attempt, tries, checkpoints }: Asking): string {
  const { results, order } = resultsFor(memory, step)
  const ctx = {
    run_id: id,
    attempt,
    max_attempts: tries,
    // While siblings are open the SDK must plan what it finds, not run it.
    disable_immediate_execution: memory.pending.size > 0,
    use_api: false,
    ...checkpoints,
    stack: { stack: order, current: order.length },
  }
  return `{"version":-1,"event":${event},"events":[${event}],"steps":{${results}},"ctx":${JSON.stringify(ctx)}}`
}
