'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { DateTime } from '@/ui/date-time'

/** What the nightly comparison of totals with the ledger found. */
export function LedgerCheck() {
  const t = useTranslations('gifts.check')
  const check = useQuery(useTRPC().gifts.lastCheck.queryOptions(undefined, { meta: { quiet: true } })).data
  if (!check) return null
  const Icon = check.drift === 0 ? CircleCheck : CircleAlert
  return (
    <p className="mt-6 flex items-center gap-1.5 text-ink-3 text-meta">
      <Icon aria-hidden className="size-3.5" />
      <span>
        {check.drift === 0 ? t('true', { count: check.compared }) : t('drift', { count: check.drift })}{' '}
        <DateTime value={check.checkedAt} />
      </span>
    </p>
  )
}
