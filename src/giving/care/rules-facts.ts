import type { Frequency } from '../pledges/rules'
import type { GiftNews } from './rules-gift-news'
import type { GapBasis } from './rules-rhythm'

/** What signals of care keep for their words: plain JSON, amounts as text, days as "2026-11-22". */

/** How it ended, laid in by the end of the episode. */
export type ResolvedFacts = {
  readonly by: 'gift' | 'ended'
  readonly amount?: string
  readonly currency?: string
  readonly on?: string
}

export type PersonFacts = {
  readonly contactId: string
  readonly name: string
  readonly phone: string | null
  readonly resolved?: ResolvedFacts
  /** Who should hear of it, and whom no channel reaches. */
  readonly insteadOf?: string
}

/** `pledge.late` */
export type LateFacts = PersonFacts & {
  readonly pledgeId: string
  readonly amount: string
  readonly currency: string
  readonly frequency: Frequency
  readonly dueOn: string
  readonly daysLate: number
  /** What is still to come of all that is late. */
  readonly open: string
  /** So many instalments before it came on time, one after the other; at most 3. */
  readonly onTime: number
}

/** `donor.at_risk` */
export type RiskFacts = PersonFacts & {
  readonly gapDays: number
  readonly basis: GapBasis
  readonly silentDays: number
  readonly lastGift: string
  readonly amount: string | null
  readonly currency: string | null
}

/** `contact.silent` */
export type SilentFacts = PersonFacts & { readonly days: number }

/** `contact.birthday` */
export type BirthdayFacts = PersonFacts & { readonly on: string }

/** `gift.received` */
export type GiftFacts = PersonFacts & {
  readonly giftId: string
  readonly amount: string
  readonly currency: string
  readonly givenOn: string
  readonly news: GiftNews | null
  readonly thanksDue: boolean
  /** It ended a late pledge or a risk. */
  readonly pays: boolean
}

/** `task.due` */
export type TaskFacts = {
  readonly taskId: string
  readonly title: string
  readonly dueOn: string | null
  readonly contactId: string | null
  readonly name: string | null
  readonly phone: string | null
}

/** `…_many`: more than five of a kind for one member in one run. */
export type ManyFacts = {
  readonly count: number
  /** So many of them are over. */
  readonly ended?: number
  readonly insteadOf?: string
  readonly lines: readonly {
    readonly resolved?: ResolvedFacts
    readonly name?: string
    readonly phone?: string | null
    readonly title?: string
    readonly days: number
    /** What a letter's list has room for; of late pledges, and of donors at risk. */
    readonly contactId?: string | null
    readonly dueOn?: string
    readonly open?: string
    readonly currency?: string
    readonly basis?: GapBasis
    readonly gapDays?: number
    readonly lastGift?: string
  }[]
}
