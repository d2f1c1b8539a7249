import { parseAsStringLiteral } from 'nuqs/server'

export const SERIES = ['lowest', 'median', 'highest'] as const

export const watchPricesParams = { show: parseAsStringLiteral(SERIES).withDefault('median') }
