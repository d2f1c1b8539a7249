import { type Inngest, InngestCommHandler, type InngestFunction } from 'inngest'

/** What the SDK answered to one request. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Handler = {
  /** The functions' configuration, as the SDK registers it. */
  readonly configs: () => Promise<Reply>
  /** Runs one step, or looks for the next ones when `stepId` is `step`. */
  readonly call: (functionId: string, stepId: string, body: string, trace: string) => Promise<Reply>
}

type Asked = {
  readonly method: 'POST' | 'PUT'
  readonly url: URL
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const ADDRESS = 'http://gleaner.internal/api/inngest'
const JSON_HEADERS = { host: 'gleaner.internal', 'content-type': 'application/json' }

/**
 * The SDK's own request handler, called in process: what `inngest/edge` wraps, without the Request and Response around
 * it, which cost a fifth of a step.
 */
export function createHandler(client: Inngest.Any, functions: readonly InngestFunction.Any[]): Handler {
  const handle = new InngestCommHandler<[Asked], Reply>({
    frameworkName: 'gleaner',
    client,
    functions,
    handler: (asked: Asked) => ({
      body: () => asked.body,
      headers: (key: string) => asked.headers[key] ?? null,
      method: () => asked.method,
      url: () => asked.url,
      transformResponse: ({ status, headers, body }) => ({ status, headers, body }),
    }),
  }).createHandler()
  return {
    configs: () => handle(registration()),
    call: (functionId, stepId, body, trace) => handle(request(functionId, stepId, body, trace)),
  }
}

function registration(): Asked {
  const headers = { ...JSON_HEADERS, 'x-inngest-sync-kind': 'in_band' }
  return { method: 'PUT', url: new URL(ADDRESS), body: JSON.stringify({ url: ADDRESS }), headers }
}

/** `tracestate` is handed on by `step.sendEvent` to the event API: by it the store knows the run that sends. */
function request(functionId: string, stepId: string, body: string, trace: string): Asked {
  const query = new URLSearchParams({ fnId: functionId, stepId })
  const headers = { ...JSON_HEADERS, tracestate: trace }
  return { method: 'POST', url: new URL(`${ADDRESS}?${query}`), body, headers }
}
