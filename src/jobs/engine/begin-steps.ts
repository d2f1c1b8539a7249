import { z } from 'zod'
import { newId } from '@/kernel/ids'
import { newRun } from './admit-run'
import { errorJson, type Op } from './answer'
import { type Memory, remember } from './memory'
import { parseSleep } from './rules-due'
import { MOST_EVENT_BYTES } from './store-events'
import { INVOKED } from './tell-listeners'
import type { Engine, Turn } from './turn'
import { toWait } from './waits'
import type { StepWrite } from './write-steps'

const waitOptions = z.looseObject({ timeout: z.string(), if: z.string().optional() })
const invokeOptions = z.looseObject({
  function_id: z.string(),
  payload: z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() }).optional(),
  timeout: z.string().optional(),
})

/** An invocation without a timeout of its own waits for a year, as in Inngest. */
const LONGEST_INVOKE = '365d'

type Begin = (engine: Engine, turn: Turn, op: Op) => Omit<StepWrite, 'hash' | 'name' | 'op'>

/** Steps that wait, by what the SDK calls them. */
const BEGIN: Readonly<Record<string, Begin>> = {
  Sleep: (_engine, _turn, op) => ({ state: 'sleeping', due: parseSleep(op.name ?? '') }),
  WaitForEvent: beginWait,
  InvokeFunction: beginInvoke,
}

export function canBegin(op: Op): boolean {
  return Object.hasOwn(BEGIN, op.op)
}

/** Begins a step that waits. One that cannot (a wrong expression, an unknown function) has failed: its function is told. */
export function beginStep(engine: Engine, turn: Turn, memory: Memory, op: Op): StepWrite {
  try {
    const begun = BEGIN[op.op]?.(engine, turn, op)
    if (!begun) throw new Error(`the embedded engine has no ${op.op}`)
    const open = {
      ...named(op),
      attempt: 0,
      ripe: false,
      state: begun.state === 'sleeping' ? 'sleeping' : 'waiting',
    } as const
    memory.pending.set(op.id, open)
    return { ...named(op), ...begun }
  } catch (error) {
    return failStep(memory, op, errorJson(error instanceof Error ? error : new Error(String(error))))
  }
}

/** A step that has failed for good without having run; `error` is JSON, and its result. */
function failStep(memory: Memory, op: Op, error: string): StepWrite {
  const position = memory.order.length
  remember(memory, op.id, 'failed', error)
  return { ...named(op), state: 'failed', position, error }
}

function beginWait(_engine: Engine, turn: Turn, op: Op): ReturnType<Begin> {
  const options = waitOptions.parse(op.opts)
  const due = parseSleep(options.timeout)
  const asked = { event: op.name ?? '', expression: options.if ?? null, due }
  return { state: 'waiting', due, wait: toWait(turn.runId, op.id, JSON.parse(turn.event), asked) }
}

function beginInvoke(engine: Engine, _turn: Turn, op: Op): ReturnType<Begin> {
  const { function_id: functionId, payload, timeout = LONGEST_INVOKE } = invokeOptions.parse(op.opts)
  const fn = engine.registry.get(functionId)
  if (!fn) throw new Error(`there is no function ${functionId} to invoke`)
  const id = newId()
  const event = { id, name: INVOKED, data: payload?.data ?? {}, ts: Date.now() }
  const json = JSON.stringify(event)
  if (Buffer.byteLength(json) > MOST_EVENT_BYTES) throw new Error(`the data for ${functionId} is over 512 kB`)
  return { state: 'waiting', due: parseSleep(timeout), invoke: newRun(fn, event, { id: null, payload: json }) }
}

export function named(op: Op): { hash: string; name: string; op: string } {
  return { hash: op.id, name: op.displayName ?? op.name ?? op.id, op: op.op }
}
