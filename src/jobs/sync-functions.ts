import { AppError } from '@/kernel/app-error'
import { isRecord } from './json'

const MOST_MS = 20_000

/**
 * Asks a running Gleaner to register its functions with the Inngest server that is set. `origin` is where Gleaner
 * answers, and what the server is told to call. Answers the SDK's words. Throws `upstream` with what went wrong.
 */
export async function syncFunctions(origin: string): Promise<string> {
  const url = new URL('/api/inngest', origin)
  const response = await ask(url)
  const said: unknown = await response.json().catch(() => null)
  const message = isRecord(said) && typeof said.message === 'string' ? said.message : `status ${response.status}`
  if (response.ok) return message
  throw new AppError('upstream', `${url.href} could not register the functions: ${message}`)
}

async function ask(url: URL): Promise<Response> {
  try {
    return await fetch(url, { method: 'PUT', signal: AbortSignal.timeout(MOST_MS) })
  } catch (cause) {
    throw new AppError('upstream', `${url.href} does not answer`, { cause })
  }
}
