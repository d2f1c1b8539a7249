import { isRefusal } from '@/kernel/app-error'

/** Where an error came from: what the log says beside it. Only keys of `FACTS` travel. */
export type ErrorFacts = Readonly<Record<string, unknown>>

export type Reporter = {
  /** Returns at once; what could not be sent is lost, never in anybody's way. */
  readonly report: (error: unknown, facts: ErrorFacts) => void
  /** Before the process ends: waits until all is sent, for at most so long. */
  readonly flush: (milliseconds: number) => Promise<void>
}

export type ReporterOptions = {
  readonly dsn: string
  /** Of Gleaner. */
  readonly release: string
  /** `web` or `worker`. */
  readonly process: string
  readonly environment: string
}

/**
 * Reports what nobody expected, once an error, to where the DSN says. An `AppError`, alone or as the cause, is a refusal
 * in words and is not reported, but for `internal`: something that we rely on does not hold. The client is loaded at the first error: most processes never have one.
 */
export function openReporter(options: ReporterOptions): Reporter {
  const known = new WeakSet<object>()
  let client: Promise<Reporter> | undefined
  return {
    report(error, facts) {
      const chain = chainOf(error)
      if (chain.some((link) => isRefusal(link) || known.has(link))) return
      for (const link of chain) known.add(link)
      client ??= import('./sentry-client').then(({ openSentry }) => openSentry(options))
      // Without its client there is no way to tell but the log, where the error stands already.
      client.then((sentry) => sentry.report(error, facts)).catch(() => undefined)
    },
    async flush(milliseconds) {
      await (await client)?.flush(milliseconds)
    },
  }
}

/** The error and its causes. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = []
  for (let link = error; link instanceof Error && !chain.includes(link); link = link.cause) chain.push(link)
  return chain
}
