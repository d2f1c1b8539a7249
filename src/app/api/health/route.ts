import { checkHealth, type Health } from '@/wiring/health'
import { runtime } from '@/wiring/runtime'

let asked: Promise<Health> | undefined

/** Anybody may ask, any number at once: the database is asked once for all who wait. */
export async function GET(): Promise<Response> {
  const { deps } = await runtime()
  asked ??= checkHealth(deps).finally(() => {
    asked = undefined
  })
  const health = await asked
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
