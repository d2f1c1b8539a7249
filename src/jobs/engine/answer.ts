import { z } from 'zod'
import type { Reply } from './handler'
import { type Due, parseRetryAfter } from './rules-due'

/** One thing that the SDK reports: a step that ran, or one that it found. */
export const opSchema = z.looseObject({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.looseObject({ type: z.string().optional() }).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  timing: z.object({ b: z.number() }).nullish(),
})
export type Op = z.infer<typeof opSchema>

/** What a request to the SDK came to. */
export type Answer =
  | { readonly kind: 'finished'; readonly output: string }
  /** Failed for good; `error` is JSON. */
  | { readonly kind: 'failed'; readonly error: string }
  /** To be tried again; `after` is the function's own wish. */
  | { readonly kind: 'retry'; readonly error: string; readonly after: Due | null }
  | { readonly kind: 'ops'; readonly ops: readonly Op[]; readonly after: Due | null }

/** Reads a reply by its status (docs/SDK_SPEC.md of inngest/inngest, "Call responses"). Never throws for a reply's content. */
export function readAnswer(reply: Reply): Answer {
  switch (reply.status) {
    case 200:
      return { kind: 'finished', output: reply.body }
    case 206:
      return readOps(reply)
    case 400:
      return { kind: 'failed', error: asJson(reply.body) }
    default:
      return reply.headers['x-inngest-no-retry'] === 'true'
        ? { kind: 'failed', error: asJson(reply.body) }
        : { kind: 'retry', error: asJson(reply.body), after: retryAfter(reply) }
  }
}

function readOps(reply: Reply): Answer {
  const read = z.array(opSchema).safeParse(JSON.parse(reply.body))
  if (read.success) return { kind: 'ops', ops: read.data, after: retryAfter(reply) }
  return {
    kind: 'failed',
    error: errorJson(new Error(`the SDK answered what is not understood: ${read.error.message}`)),
  }
}

function retryAfter({ headers }: Reply): Due | null {
  const wish = headers['retry-after']
  return wish === undefined ? null : parseRetryAfter(wish)
}

function asJson(body: string): string {
  try {
    JSON.parse(body)
    return body
  } catch {
    // Nothing that the SDK writes; kept as the words of an error.
    return errorJson(new Error(body))
  }
}

/** An error of the engine in the shape of the SDK's own. */
export function errorJson(error: Error): string {
  return JSON.stringify({ name: error.name, message: error.message, stack: error.stack ?? '' })
}
