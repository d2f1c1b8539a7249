import { z } from 'zod'
import { type Op, opSchema } from './answer'

/** Takes in what has run; answers whether the function may go on. */
type Sink = (ops: readonly Op[]) => Promise<boolean>

/** Turns whose function runs in this process now, by their lease. */
const sinks = new Map<string, Sink>()

/** Has what a turn's function reports given to `sink`. Answers how to end that. */
export function listenTo(leaseId: string, sink: Sink): () => void {
  sinks.set(leaseId, sink)
  return () => sinks.delete(leaseId)
}

/** The SDK's call for a run under way: `POST /v1/checkpoint/<run>/async`. */
export function isCheckpoint(pathname: string): boolean {
  return pathname.startsWith('/v1/checkpoint/') && pathname.endsWith('/async')
}

const bodySchema = z.looseObject({ qi_id: z.string(), steps: z.array(opSchema) })
const RAN = new Set(['Step', 'StepRun', 'StepFailed'])

/**
 * Answers a checkpoint once what it tells of is stored. 409 makes the SDK end the request there: the lease is lost, the
 * results could not be stored, or the turn is over. At anything else than 200 it would ask four times more and then go
 * on without checkpoints, as it does for what is no step that ran.
 */
export async function answerCheckpoint(body: string): Promise<Response> {
  const { qi_id, steps } = bodySchema.parse(JSON.parse(body))
  if (steps.some(({ op }) => !RAN.has(op))) return Response.json({ error: 'only steps that ran' }, { status: 400 })
  const goesOn = await sinks.get(qi_id)?.(steps)
  return Response.json({}, { status: goesOn ? 200 : 409 })
}
