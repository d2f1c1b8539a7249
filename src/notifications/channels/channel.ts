import type { Message, Reader } from '../message'
import type { ChannelKind } from './table'

/** Where one message goes. */
export type Target = {
  readonly channelId: string
  readonly kind: ChannelKind
  /** Chat id, e-mail address or URL. */
  readonly address: string
  readonly config: Readonly<Record<string, unknown>>
}

export type Outcome =
  /** `providerId` names the message at the provider, for edits. `movedTo`: the address to use from now on. */
  | { readonly kind: 'sent'; readonly providerId: string | null; readonly movedTo?: string }
  /**
   * Try again, not before `retryAfter` seconds where the provider said so. `uncertain`: the answer is missing or says
   * nothing of the message (cut off, 5xx), so it may have arrived.
   */
  | {
      readonly kind: 'later'
      readonly reason: string
      readonly detail: string
      readonly retryAfter?: number
      readonly uncertain?: boolean
    }
  /** Trying again cannot help; `switchOff` when the whole channel is dead (blocked bot, unknown mailbox). */
  | { readonly kind: 'never'; readonly reason: string; readonly detail: string; readonly switchOff: boolean }

/** One way to reach people: a folder in `channels/`, listed in `channels/registry.ts`. */
export type Channel = {
  readonly kind: ChannelKind
  /** `key` is the delivery's id: channels whose provider knows idempotency keys pass it on. Never throws for what the provider says. */
  readonly send: (target: Target, message: Message, reader: Reader, key: string) => Promise<Outcome>
  /** Puts other words into a message that was sent; left out where what is said cannot be changed. Never throws either. */
  readonly edit?: (target: Target, providerId: string, message: Message) => Promise<Outcome>
}
