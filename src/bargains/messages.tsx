import type { Say } from '@/notifications/message'
import { matchMessages } from './matches/messages'
import { searchMessages } from './searches/messages'

/** Words for every kind of signal of this half. */
export const bargainsMessages: Readonly<Record<string, Say>> = { ...matchMessages, ...searchMessages }
