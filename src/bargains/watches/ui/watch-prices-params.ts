import { oneOf } from '@/ui/address'

export const SERIES = ['lowest', 'median', 'highest'] as const

export const watchPricesParams = { show: oneOf(SERIES, 'median') }
