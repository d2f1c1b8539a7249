import { parseAsStringLiteral } from 'nuqs/server'

export const WATCH_TABS = ['matches', 'filter', 'prices', 'log'] as const
export type WatchTab = (typeof WATCH_TABS)[number]

export const watchPageParams = { tab: parseAsStringLiteral(WATCH_TABS).withDefault('matches') }
