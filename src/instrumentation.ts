import type { Instrumentation } from 'next'

/** Next's own doors: what a page or a route threw past everything. Procedures report theirs themselves. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, { routePath, routeType }) => {
  // In this form alone the bundler leaves the import out of what is made for Next's other runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { runtime } = await import('@/wiring/runtime')
    const { deps } = await runtime()
    deps.log.error({ err: error, path: routePath, kind: routeType }, 'a page or route failed')
  }
}
