import { Middleware, NonRetriableError } from 'inngest'
import { isRecord } from './json'

/**
 * Refuses what a step or a job returns and JSON cannot carry. The SDK drops such a value silently: the step would be
 * done, and the next try would find null where the first had something.
 */
export class PlainResults extends Middleware.BaseMiddleware {
  readonly id = 'gleaner:plain-results'

  override async wrapStepHandler({ next, stepInfo }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    const result = await next()
    if (!stepInfo.memoized) refuseUnplain(result, `step ${stepInfo.options.id}`)
    return result
  }

  override async wrapFunctionHandler({ next, fn }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    const result = await next()
    refuseUnplain(result, `job ${fn.id()}`)
    return result
  }
}

function refuseUnplain(result: unknown, who: string): void {
  const found = findUnplain(result, '', [])
  if (found) throw new NonRetriableError(`${who} returned ${found}, which JSON cannot carry`)
}

const KINDS: Readonly<Record<string, string>> = { bigint: 'a BigInt', function: 'a function', symbol: 'a symbol' }

/** What JSON cannot carry in a value, with its path; null for a plain one. `above` are the objects that hold it. */
function findUnplain(value: unknown, path: string, above: readonly unknown[]): string | null {
  const kind = KINDS[typeof value]
  if (kind) return at(kind, path)
  if (typeof value !== 'object' || value === null || hasOwnWay(value)) return null
  if (above.includes(value)) return at('a cycle', path)
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnplain(inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, [...above, value])
    if (found) return found
  }
  return null
}

/** It says itself how it is written: a Date. */
function hasOwnWay(value: object): boolean {
  return isRecord(value) && typeof value.toJSON === 'function'
}

function at(kind: string, path: string): string {
  return path === '' ? kind : `${kind} at ${path.replace(/^\./, '')}`
}
