import { isPassing } from '@/db/lost-connection'
import { errorJson } from './answer'
import type { Engine } from './turn'

type Named = { readonly id: string; readonly name: string }

/** `again`: they were routed before, and are handed over to one function more. */
type Options<Event> = { readonly route: (events: readonly Event[]) => Promise<void>; readonly again: boolean }

/** What cannot be routed costs no other event anything: the batch is halved until that one is alone, and keeps the error. */
export async function routeOrHalve<Event extends Named>(
  engine: Pick<Engine, 'sql' | 'log'>,
  events: readonly Event[],
  options: Options<Event>,
): Promise<void> {
  const [first] = events
  if (!first) return
  try {
    await options.route(events)
  } catch (error) {
    if (isPassing(error)) throw error
    if (events.length === 1) return refuseEvent(engine, first, error, options.again)
    const half = Math.ceil(events.length / 2)
    await routeOrHalve(engine, events.slice(0, half), options)
    await routeOrHalve(engine, events.slice(half), options)
  }
}

/** It would be refused again: it is left as it is, for the page. */
async function refuseEvent(
  { sql, log }: Pick<Engine, 'sql' | 'log'>,
  { id, name }: Named,
  error: unknown,
  again: boolean,
) {
  log.error({ err: error, event: id, name }, 'an event could not be routed')
  const words = errorJson(error instanceof Error ? error : new Error(String(error)))
  await sql`
    update job_events set routed_at = now(), error = ${words}
    where id = ${id} and error is null and (routed_at is null or ${again})`
}
