import type { ChannelKind } from '../channels/table'

/** How fast a whole provider may be given messages: one every `gap` ms, `burst` of them at once after a quiet time. */
export type Flow = { readonly gap: number; readonly burst: number }

/** How fast a kind of channel may be sent to. */
export type Pace = {
  /** Milliseconds between two messages to one address; 0: no limit. */
  readonly gap: (address: string) => number
  readonly flow: Flow | null
  /** Messages under way at a time in one lane. */
  readonly atOnce: number
}

/**
 * Telegram: 1 message a second to a chat, 20 a minute to a group (whose ids are negative), 30 a second in all, so 25 and
 * a burst of 5. Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 * Mail servers say by 4xx what they bear, which is obeyed.
 */
const PACES: Readonly<Record<ChannelKind, Pace>> = {
  telegram: { gap: (chat) => (chat.startsWith('-') ? 3000 : 1000), flow: { gap: 40, burst: 5 }, atOnce: 30 },
  email: { gap: () => 0, flow: null, atOnce: 5 },
  discord: { gap: () => 500, flow: { gap: 40, burst: 5 }, atOnce: 10 },
  webhook: { gap: () => 0, flow: null, atOnce: 10 },
}

export function paceOf(kind: ChannelKind): Pace {
  return PACES[kind]
}

/** How many messages the provider may be given now, when its next free slot is `freeAt`. */
export function roomNow({ gap, burst }: Flow, freeAt: Date, now: Date): number {
  const ahead = Math.max(0, freeAt.getTime() - now.getTime())
  return Math.max(0, Math.floor(burst - ahead / gap))
}

/** The provider's next free slot once `count` messages were given to it now. */
export function slotAfter({ gap }: Flow, freeAt: Date, now: Date, count: number): Date {
  return new Date(Math.max(freeAt.getTime(), now.getTime()) + count * gap)
}

/** When the provider has room for one message again. */
export function nextSlot({ gap, burst }: Flow, freeAt: Date): Date {
  return new Date(freeAt.getTime() - (burst - 1) * gap)
}
