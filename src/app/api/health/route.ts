import { checkHealth } from '@/wiring/health'
import { runtime } from '@/wiring/runtime'

export async function GET(): Promise<Response> {
  const { deps } = await runtime()
  const health = await checkHealth(deps)
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
