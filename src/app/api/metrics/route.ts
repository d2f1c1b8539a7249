import { mayReadMetrics, readMetrics } from '@/wiring/metrics'
import { runtime } from '@/wiring/runtime'

/** For Prometheus. Who may not read it learns only that. */
export async function GET(request: Request): Promise<Response> {
  const { deps, env } = await runtime()
  if (!mayReadMetrics(request.headers, env)) {
    return new Response('METRICS_TOKEN says who may read this.\n', {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer' },
    })
  }
  const text = await readMetrics(deps)
  return new Response(text, {
    headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}
