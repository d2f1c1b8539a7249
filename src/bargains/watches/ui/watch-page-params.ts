import { parseAsStringLiteral } from 'nuqs/server'

export const WATCH_TABS = ['matches', 'filter', 'prices', 'log'] as const

export const watchPageParams = { tab: parseAsStringLiteral(WATCH_TABS).withDefault('matches') }
