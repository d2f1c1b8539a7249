import { oneOf } from '@/ui/address'

export const WATCH_TABS = ['matches', 'filter', 'prices', 'log'] as const

export const watchPageParams = { tab: oneOf(WATCH_TABS, 'matches') }
