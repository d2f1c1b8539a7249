'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'

type Find = (key: string, values?: Record<string, string | number>) => string | null

/** A text by a key that is put together at run time, or null. */
export function useFind(): Find {
  const t = useTranslations()
  return useCallback(
    (key, values) => {
      // Not known to the types: `has` asks.
      const loose = t as unknown as { has: (key: string) => boolean } & ((key: string, values?: object) => string)
      return loose.has(key) ? loose(key, values) : null
    },
    [t],
  )
}
