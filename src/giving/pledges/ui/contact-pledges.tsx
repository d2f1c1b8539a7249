'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { Card } from '@/ui/card'
import { ErrorState } from '@/ui/error-state'
import { LinkButton } from '@/ui/link-button'
import { Skeleton } from '@/ui/skeleton'
import type { ListedPledge } from '../schema'
import { Promised } from './pledge-columns'
import { PledgeSquares } from './pledge-squares'
import { PledgeStateDot } from './pledge-state'
import { usePledgeList } from './use-pledge-list'

/** What one contact promised, on their page. */
export function ContactPledges({ contactId, canWrite }: { contactId: string; canWrite: boolean }) {
  const t = useTranslations('pledges')
  const input = useMemo(() => ({ contactId }), [contactId])
  const { rows, state, query } = usePledgeList(input, undefined)
  return (
    <Card
      title={t('title')}
      actions={
        canWrite && (
          <LinkButton href={`/pledges/new?contact=${contactId}`} size="small" icon={<Plus aria-hidden />}>
            {t('new')}
          </LinkButton>
        )
      }
    >
      {state === 'loading' && <Skeleton className="h-10 w-full" />}
      {state === 'error' && <ErrorState onRetry={() => query.refetch()} />}
      {state === 'ready' && rows.length === 0 && <p className="text-ink-2 text-table">{t('empty.contact')}</p>}
      <ul className="flex flex-col gap-3">
        {rows.map((pledge) => (
          <PledgeLine key={pledge.id} pledge={pledge} />
        ))}
      </ul>
    </Card>
  )
}

function PledgeLine({ pledge }: { pledge: ListedPledge }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <Link href={`/pledges/${pledge.id}`} className="underline-offset-3 hover:underline">
        <Promised pledge={pledge} />
      </Link>
      <PledgeStateDot pledge={pledge} />
      <PledgeSquares squares={pledge.squares} />
    </li>
  )
}
