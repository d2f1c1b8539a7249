import type { NextRequest } from 'next/server'
import { createFunctions } from '@/jobs/functions'
import { createInngestDoor, type InngestDoor } from '@/jobs/inngest-door'

let door: Promise<InngestDoor> | undefined

async function openDoor(): Promise<InngestDoor> {
  const { runtime } = await import('@/wiring/runtime')
  const { mode, client, deps, env } = await runtime()
  const { jobs } = await import('@/wiring/jobs')
  const serveOrigin = env.INNGEST_SERVE_ORIGIN ?? env.APP_URL
  return createInngestDoor({ mode, client, serveOrigin, functions: () => createFunctions(client, deps, jobs) })
}

function answerWith(method: keyof InngestDoor) {
  return async (request: NextRequest): Promise<Response> => {
    door ??= openDoor()
    return (await door)[method](request, undefined)
  }
}

export const GET = answerWith('GET')
export const POST = answerWith('POST')
export const PUT = answerWith('PUT')
