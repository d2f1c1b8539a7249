import { accountsRouter } from '@/accounts/router'
import { router } from '@/trpc/init'

/** Every procedure: tRPC serves all of them, REST those with an `openapi` path. */
export const appRouter = router({
  accounts: accountsRouter,
})

export type AppRouter = typeof appRouter
