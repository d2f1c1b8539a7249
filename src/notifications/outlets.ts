import type { Channel } from './channels/channel'
import type { ChannelKind } from './channels/table'
import type { Installation } from './installation/installation'
import type { LinkSigner } from './links/sign-links'
import type { Say } from './message'

/** Everything that reaches out: which channels there are, who knows the words, and Gleaner's own address. */
export type Outlets = {
  /** The channel for a kind, with the settings of this moment (environment first, then what the administrator pasted). */
  readonly channel: (kind: ChannelKind) => Promise<Channel>
  /** The words for a kind of signal; throws for a kind that nobody knows. */
  readonly say: (kind: string) => Say
  readonly appUrl: string
  /** Links of letters that do something. */
  readonly links: LinkSigner
  /** Bot and mail server: who they are, and the administrator's way to change them. */
  readonly installation: Installation
}
