import { Api, type ApiClientOptions, BotError, GrammyError, HttpError } from 'grammy'

export type TelegramSettings = { readonly token: string; readonly apiRoot: string }

export function openTelegramApi({ token, apiRoot }: TelegramSettings, timeoutSeconds: number): Api {
  return new Api(token, telegramClient(apiRoot, timeoutSeconds))
}

/** For `Api` and `Bot` alike. `timeoutSeconds`: for one call. */
export function telegramClient(apiRoot: string, timeoutSeconds: number): ApiClientOptions {
  // grammY's type is that of node-fetch, of which it uses what follows alone.
  return { apiRoot, timeoutSeconds, fetch: fetchByNode as unknown as ApiClientOptions['fetch'] }
}

type GrammyRequest = {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly signal: { readonly aborted: boolean; readonly addEventListener: (type: 'abort', listen: () => void) => void }
}

/**
 * Node's own fetch. node-fetch, which grammY brings, knows an AbortSignal by its class's name, and a bundler may change
 * that: then every call fails, and only in the bundle.
 */
function fetchByNode(url: string | URL, { method, headers, body, signal }: GrammyRequest): Promise<Response> {
  const controller = new AbortController()
  if (signal.aborted) controller.abort()
  signal.addEventListener('abort', () => controller.abort())
  return fetch(url, { method, headers, body, signal: controller.signal })
}

/** For the log: grammY's errors hold the payload (people's words), and their context the token. */
export function withoutSecrets(error: unknown): unknown {
  if (error instanceof BotError) return withoutSecrets(error.error)
  if (error instanceof GrammyError) return { type: error.name, method: error.method, description: error.description }
  if (error instanceof HttpError) return { type: error.name, message: error.message }
  return error
}
