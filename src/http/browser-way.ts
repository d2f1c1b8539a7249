import type { Transport } from './transport'

/** A real browser as a way to a page. It begins when it is first needed and ends when nobody needs it. */
export type BrowserWay = Transport & {
  /** Whether there is a browser to begin. */
  readonly isThere: () => boolean
  readonly close: () => Promise<void>
}
