import { sayWeek } from '@/bargains/matches/say-week'
import { bargainsMessages } from '@/bargains/messages'
import { careMessages } from '@/giving/care/messages'
import { createSaySummary } from '@/giving/care/say-summary'
import { importMessages } from '@/giving/imports/messages'
import type { Sayings } from '@/notifications/create-outlets'

/** Who knows the words for which kind of signal: one entry a feature. */
export const sayings: readonly Sayings[] = [
  bargainsMessages,
  careMessages,
  importMessages,
  { 'summary.weekly': createSaySummary(sayWeek) },
]
