import type { Deps } from '@/accounts/context'
import type { BrowserWay } from '@/http/browser-way'
import type { Transport } from '@/http/transport'
import type { Storage } from '@/storage/storage'

/** What reading marketplaces needs beside the database. */
export type BargainsDeps = Deps & {
  readonly transport: Transport
  readonly storage: Storage
  /** A way by a real browser, in processes that may have one. */
  readonly browser?: BrowserWay
  /** In [0, 1): the jitter of schedules. */
  readonly random: () => number
  /** Waits for some milliseconds; a test with a moved clock gives its own. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>
}
