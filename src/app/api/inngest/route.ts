import { serve } from 'inngest/next'
import type { NextRequest } from 'next/server'
import { createFunctions } from '@/jobs/functions'

type Handlers = ReturnType<typeof serve>

let handlers: Promise<Handlers | null> | undefined

/** Null in embedded mode: there the engine calls the functions in process, and no request may reach them. */
async function findHandlers(): Promise<Handlers | null> {
  const { runtime } = await import('@/wiring/runtime')
  const { mode, client, deps } = await runtime()
  if (mode === 'embedded') return null
  const { jobs } = await import('@/wiring/jobs')
  return serve({ client, functions: createFunctions(client, deps, jobs) })
}

function answerWith(method: 'GET' | 'POST' | 'PUT') {
  return async (request: NextRequest, context: unknown): Promise<Response> => {
    handlers ??= findHandlers()
    const found = await handlers
    return found ? found[method](request, context) : new Response(null, { status: 404 })
  }
}

export const GET = answerWith('GET')
export const POST = answerWith('POST')
export const PUT = answerWith('PUT')
