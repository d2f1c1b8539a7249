import type { ReactElement } from 'react'

/** What we say, channel-neutral. Texts are plain and already in the reader's language; each channel escapes them. */
export type Message = {
  readonly tone: 'bargains' | 'giving' | 'neutral'
  /** Subject of an e-mail and its preview; also what a notification shows first. */
  readonly subject: string
  readonly heading: string
  /** Where the heading leads: the advert itself, say. */
  readonly url?: string
  /** Absolute URLs; the first is sent with the text where the channel can. */
  readonly photos: readonly string[]
  readonly lines: readonly (readonly Span[])[]
  /** The last, smaller line: "Watch: Rower miejski Kraków". */
  readonly footer?: string
  /** A letter with a form of its own; without it every letter has the lines above. */
  readonly letter?: (frame: LetterFrame) => ReactElement
  /** Where a mail program unsubscribes its reader by one POST (RFC 8058). */
  readonly unsubscribeUrl?: string
  /** Why a letter came, where no channel brought it; left out: that signals go to this address, and where to stop them. */
  readonly smallPrint?: readonly string[]
  readonly actions: readonly Action[]
}

/** What the mail channel knows and a letter of its own form needs. */
export type LetterFrame = {
  /** Buttons with addresses: pages, and actions as signed links. */
  readonly buttons: readonly { readonly label: string; readonly url: string }[]
  /** Where its reader can stop it. */
  readonly settingsUrl: string
}

export type Span = { readonly text: string; readonly bold?: boolean; readonly struck?: boolean; readonly url?: string }

export type Action =
  /** Opens a page. Channels that refuse the address (Telegram: localhost) leave the button out. */
  | { readonly kind: 'open'; readonly label: string; readonly url: string }
  /** Done where it is tapped. `data` is at most 64 bytes, `<verb>:<uuid>`, handled by the feature's bot.ts. */
  | {
      readonly kind: 'do'
      readonly label: string
      readonly data: string
      /** A letter has it too, as a signed link with a page that asks once more. */
      readonly byMail?: true
    }

/** A signal as the outbox hands it to whoever knows the words. */
export type SignalFacts = {
  readonly id: string
  readonly kind: string
  readonly subjectId: string | null
  readonly watchId: string | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly createdAt: Date
}

export type Reader = {
  /** `en` or `pl`. */
  readonly locale: string
  readonly timeZone: string
  readonly now: Date
  /** Gleaner's own address, for links to its pages. */
  readonly appUrl: string
  /** A signed link that does `data` for this reader; only in a letter that goes to one member. */
  readonly actUrl?: (data: string) => string
  /** Where this reader unsubscribes by one POST; only in such a letter, too. */
  readonly stopUrl?: (workspaceId: string, memberId: string) => string
}

/** Words for one kind of signal. Each feature exports such functions from `messages.tsx`; `wiring/messages.ts` lists them. */
export type Say = (signal: SignalFacts, reader: Reader) => Message
