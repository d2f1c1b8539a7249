import { type Drop, type History, judgeDrop, type Threshold, type Told } from '../prices/rules'
import type { Filter } from './rules'
import { evaluateFilter, type Reason, type Subject } from './rules-evaluate'
import type { MatchState } from './table'

/** A listing that a scan found worth asking a watch about. */
export type Candidate = {
  readonly listingId: string
  readonly subject: Subject
  readonly newToSearch: boolean
  readonly wasGoneAt: Date | null
  /** All observations, this look's included. */
  readonly history: History
}

export type WatchTerms = {
  readonly filter: Filter
  readonly threshold: Threshold
  /** From when on the watch has not looked: this scan's moment, or the beginning of its pause. */
  readonly since: Date
  /** What is there already is the silent baseline. */
  readonly joining: boolean
}

/** What the watch knows of the listing already. */
export type KnownMatch = { readonly state: MatchState; readonly told: Told | null }

export type MatchEvent =
  /** Passes for the first time. */
  | { readonly kind: 'baseline' | 'new'; readonly listingId: string; readonly reasons: readonly Reason[] }
  /** Passes, and is matched already while the watch joins the search: it is counted among what is there. */
  | { readonly kind: 'there'; readonly listingId: string }
  /** Cheaper; with reasons where that made it pass for the first time. */
  | {
      readonly kind: 'drop'
      readonly listingId: string
      readonly drop: Drop
      readonly at: Date
      readonly reasons: readonly Reason[] | null
    }
  /** Was gone, and is there again. */
  | { readonly kind: 'again'; readonly listingId: string; readonly wasGoneAt: Date }

/** What a watch has to know of a listing after a scan, or null when nothing. */
export function judgeCandidate(
  terms: WatchTerms,
  candidate: Candidate,
  match: KnownMatch | undefined,
): MatchEvent | null {
  return match ? eventOfKnown(terms, candidate, match) : eventOfUnknown(terms, candidate)
}

function eventOfUnknown(terms: WatchTerms, candidate: Candidate): MatchEvent | null {
  const { listingId } = candidate
  const { passes, reasons } = evaluateFilter(terms.filter, candidate.subject)
  if (!passes) return null
  if (terms.joining) return { kind: 'baseline', listingId, reasons }
  // Any lower price is news where it brought the listing within the filter.
  const fell = candidate.newToSearch ? null : dropOf(terms, candidate, { percent: 0, amount: null }, null)
  return fell ? { kind: 'drop', listingId, ...fell, reasons } : { kind: 'new', listingId, reasons }
}

/** A price that rises out of the filter is not told, nor is anything of a listing that the user ignores. */
function eventOfKnown(terms: WatchTerms, candidate: Candidate, match: KnownMatch): MatchEvent | null {
  const { listingId, wasGoneAt } = candidate
  if (match.state === 'ignored' || !evaluateFilter(terms.filter, candidate.subject).passes) return null
  if (terms.joining) return { kind: 'there', listingId }
  const fell = dropOf(terms, candidate, terms.threshold, match.told)
  if (fell) return { kind: 'drop', listingId, ...fell, reasons: null }
  return wasGoneAt === null ? null : { kind: 'again', listingId, wasGoneAt }
}

function dropOf(
  { since }: WatchTerms,
  { history }: Candidate,
  threshold: Threshold,
  told: Told | null,
): { drop: Drop; at: Date } | null {
  const point = history.at(-1)
  if (!point || point.at < since) return null
  const drop = judgeDrop(history, point, since, threshold, told)
  return drop && { drop, at: point.at }
}

/** RULES "The first run is silent": more than 8 matches of a watch in one scan come as one message. */
export const MOST_APART = 8

/** Whether these events of one scan come one by one; a watch that returns from a pause gets one message. */
export function comeApart(count: number, returning: boolean): boolean {
  return count <= (returning ? 1 : MOST_APART)
}
