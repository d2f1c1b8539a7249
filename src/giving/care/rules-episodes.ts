import { LATE_BUCKETS, lateBucket } from '../pledges/rules-late'

export const EPISODE_KINDS = ['pledge.late', 'donor.at_risk', 'contact.silent'] as const
/** Kinds of signal that last until something happens: a late pledge, a donor at risk, nobody spoke to a donor. */
export type EpisodeKind = (typeof EPISODE_KINDS)[number]

export function isEpisodeKind(kind: string): kind is EpisodeKind {
  return EPISODE_KINDS.some((known) => known === kind)
}

/** Why it ended: a gift came, or it holds no more for another reason (paused, cancelled, somebody spoke to them). */
export type Resolution = 'gift' | 'ended'

/** One stretch of a thing being wrong: told when it begins, told again when it is worse, resolved when it ends. */
export type OpenEpisode = {
  /** The worst bucket that was told and still holds; 1 where the kind has none. */
  readonly bucket: number
  /** Days since it was told last. */
  readonly toldDaysAgo: number
}

export type EpisodeRule = {
  /** Told again after so many days, whatever happens; null: only when it is worse. */
  readonly againAfterDays: number | null
}

export type EpisodeStep = 'open' | 'tell_again' | 'ease' | 'resolve' | 'keep'

/**
 * What a check does about one subject: `bucket` is how bad it is now (1 and up), null when all is well. `ease`: still
 * wrong, but less: nothing is told, and entering the later bucket once more is told again.
 */
export function stepEpisode(open: OpenEpisode | null, bucket: number | null, rule: EpisodeRule): EpisodeStep {
  if (open === null) return bucket === null ? 'keep' : 'open'
  if (bucket === null) return 'resolve'
  if (bucket > open.bucket) return 'tell_again'
  if (rule.againAfterDays !== null && open.toldDaysAgo >= rule.againAfterDays) return 'tell_again'
  return bucket < open.bucket ? 'ease' : 'keep'
}

/** 1, 2 or 3, a bucket of `pledges/rules-late` each; 0 for what is not late. */
export function lateLevel(days: number): number {
  const bucket = lateBucket(days)
  return bucket === null ? 0 : LATE_BUCKETS.indexOf(bucket) + 1
}

/** More than so many of a kind for one member in one run are one message. */
export const MOST_MESSAGES = 5

export type Told<T> = { readonly single: readonly T[] } | { readonly together: readonly T[] }

/** One message each for five and fewer, one for all where there are more. */
export function bundle<T>(items: readonly T[]): Told<T> {
  return items.length > MOST_MESSAGES ? { together: items } : { single: items }
}
