import type { Deps } from '@/accounts/context'
import type { MemberSeams } from '@/accounts/members/member-seams'
import type { Env } from '@/env'
import type { BrowserWay } from '@/http/browser-way'
import type { Transport } from '@/http/transport'
import type { JobsDesk } from '@/jobs/desk'
import type { Outlets } from '@/notifications/outlets'
import type { WeekPart } from '@/notifications/weekly-part'
import type { Storage } from '@/storage/storage'

/** What a web process has for its procedures, beside the database. Made once by `wiring/runtime.ts`. */
export type WebDeps = Deps & {
  readonly env: Env
  readonly transport: Transport
  /** A way by a real browser, where there is one. */
  readonly browser?: BrowserWay
  readonly storage: Storage
  readonly outlets: Outlets
  readonly jobs: JobsDesk
  readonly members: MemberSeams
  /** What bargains add to the weekly summary. */
  readonly otherWeek: WeekPart
}
