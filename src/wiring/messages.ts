import { bargainsMessages } from '@/bargains/messages'
import { careMessages } from '@/giving/care/messages'
import { saySummary } from '@/giving/care/say-summary'
import { importMessages } from '@/giving/imports/messages'
import type { Sayings } from '@/notifications/create-outlets'

/** Who knows the words for which kind of signal: one entry a feature. */
export const sayings: readonly Sayings[] = [
  bargainsMessages,
  careMessages,
  importMessages,
  { 'summary.weekly': saySummary },
]
