import { useTranslations } from 'next-intl'
import { useCallback } from 'react'

const HOUR = 60
const DAY = 24 * HOUR

/** "every 10 min", "every 2 h", "every day". */
export function useIntervalWords(): (minutes: number) => string {
  const t = useTranslations('watches.every')
  return useCallback(
    (minutes) => {
      if (minutes % DAY === 0) return t('days', { count: minutes / DAY })
      return minutes % HOUR === 0 ? t('hours', { count: minutes / HOUR }) : t('minutes', { count: minutes })
    },
    [t],
  )
}
