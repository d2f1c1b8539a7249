import type { Deps } from '@/accounts/context'
import type { Transport } from '@/http/transport'
import type { Outlets } from '@/notifications/outlets'

/** What a web process has for its procedures, beside the database. Made once by `wiring/runtime.ts`. */
export type WebDeps = Deps & {
  readonly transport: Transport
  readonly outlets: Outlets
}
