import { TRPCClientError } from '@trpc/client'
import type { AppRouter } from '@/wiring/router'

type Facts = NonNullable<TRPCClientError<AppRouter>['data']>

/** What the server said of a failed call; null when it was not reached or did not answer as itself. */
export function factsOf(error: unknown): Facts | null {
  return error instanceof TRPCClientError ? ((error as TRPCClientError<AppRouter>).data ?? null) : null
}

/** The session ended, or never was: a wrong password is said by its form. */
export function isSignedOut(error: unknown): boolean {
  const facts = factsOf(error)
  return facts?.code === 'unauthenticated' && facts.reason === null
}
