import { addDays, daysBetween, type PlainDate } from '@/kernel/dates'
import { isLate, type Owed, oldestLate, openAmount } from '../pledges/rules-late'

/** Why an alert about an instalment was or was not sent. */
export const ALERT_VERDICTS = [
  'grace',
  'deceased',
  'declined',
  'do_not_contact',
  'closed',
  'paused',
  'older',
  'next_check',
  'muted',
  'no_channel',
  'told',
] as const
export type AlertVerdict = (typeof ALERT_VERDICTS)[number]

/** What became of the open episode's tellings: nobody wanted them, none had a way out, at least one went. */
export type Heard = 'muted' | 'no_channel' | 'told'

export type AlertDay = {
  readonly today: PlainDate
  /** The pledge's own days of grace, else the workspace's. */
  readonly graceDays: number
  /** It was cancelled or completed: what is overdue stays owed, and nobody is asked. */
  readonly closed: boolean
  /** A pause holds today. */
  readonly paused: boolean
  readonly deceased: boolean
  readonly declined: boolean
  readonly doNotContact: boolean
  /** Of the episode that is open; null where none is. */
  readonly heard: Heard | null
}

type Judged<I> = { readonly instalment: I; readonly daysLate: number; readonly verdict: AlertVerdict }

/**
 * What the daily check decides about each instalment that is due and not fully paid, the oldest first. The same rules as
 * `find-late` and `run-episodes`: one alert speaks for a pledge, by its oldest late instalment.
 */
export function judgeAlerts<I extends Owed>(instalments: readonly I[], day: AlertDay): readonly Judged<I>[] {
  const oldest = oldestLate(instalments, day.today, day.graceDays)
  const due = instalments.filter((one) => openAmount(one) > 0n && one.dueOn <= day.today)
  return due
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    .map((instalment) => ({
      instalment,
      daysLate: daysBetween(instalment.dueOn, day.today),
      verdict: verdictOf(instalment, instalment === oldest, day),
    }))
}

function verdictOf(owed: Owed, isOldest: boolean, day: AlertDay): AlertVerdict {
  const silence = silenceOf(day)
  if (silence !== null) return silence
  if (!isLate(owed, day.today, day.graceDays)) return 'grace'
  return isOldest ? (day.heard ?? 'next_check') : 'older'
}

/** Why nobody may be asked at all; null where they may. */
function silenceOf({ deceased, declined, doNotContact, closed, paused }: AlertDay): AlertVerdict | null {
  if (deceased) return 'deceased'
  if (declined) return 'declined'
  if (doNotContact) return 'do_not_contact'
  if (closed) return 'closed'
  return paused ? 'paused' : null
}

/** The last day on which nobody is asked yet. */
export function graceUntil(dueOn: PlainDate, graceDays: number): PlainDate {
  return addDays(dueOn, graceDays)
}

export type Way = { readonly state: string }

/** What became of tellings, each with the ways that it took. */
export function heardOf(tellings: readonly { readonly ways: readonly Way[] }[]): Heard {
  if (tellings.length === 0) return 'muted'
  const went = tellings.some(({ ways }) => ways.some(({ state }) => state !== 'skipped' && state !== 'failed'))
  return went ? 'told' : 'no_channel'
}
