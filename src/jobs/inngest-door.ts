import type { InngestFunction } from 'inngest'
import { serve } from 'inngest/next'
import type { JobClient, JobMode } from './client'

export type InngestDoor = Pick<ReturnType<typeof serve>, 'GET' | 'POST' | 'PUT'>

type DoorOptions = {
  readonly mode: JobMode
  readonly client: JobClient
  /** Where the server shall call us; else where the request for registration came to. */
  readonly serveOrigin?: string | undefined
  /** Bound when the door is first needed. */
  readonly functions: () => readonly InngestFunction.Any[]
}

/**
 * Where an Inngest server calls the functions. In embedded mode it is shut: the engine calls them in process, and no
 * request may reach them. Beside a dev server it is open; else a call that is unsigned, wrongly signed or older than five
 * minutes gets 401 and runs nothing.
 */
export function createInngestDoor({ mode, client, serveOrigin, functions }: DoorOptions): InngestDoor {
  if (mode === 'embedded') return { GET: shut, POST: shut, PUT: shut }
  return serve({ client, functions: functions(), serveOrigin })
}

async function shut(): Promise<Response> {
  return new Response(null, { status: 404 })
}
