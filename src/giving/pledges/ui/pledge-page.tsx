'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { Money } from '@/ui/money'
import { PageHeader } from '@/ui/page-header'
import { Stat } from '@/ui/stat'
import { PlainDay } from '../../gifts/ui/plain-day'
import { useLiveGifts } from '../../gifts/ui/use-gift-list'
import type { ShownPledge } from '../schema'
import { InstalmentTable } from './instalment-table'
import { PledgeActions } from './pledge-actions'
import { Promised } from './pledge-columns'
import { PledgeSquares } from './pledge-squares'
import { PledgeStateDot } from './pledge-state'

type PledgePageProps = {
  id: string
  canWrite: boolean
  /** Why an alert was or was not sent: drawn by care. */
  alerts?: ReactNode
}

/** One pledge: every instalment, what paid it, and what was agreed when. */
export function PledgePage({ id, canWrite, alerts }: PledgePageProps) {
  const t = useTranslations('pledges')
  const pledge = useSuspenseQuery(useTRPC().pledges.get.queryOptions({ id })).data
  useLiveGifts()
  return (
    <>
      <PageHeader
        title={<Title pledge={pledge} />}
        mark={<PledgeStateDot pledge={pledge} />}
        summary={<Summary pledge={pledge} />}
        back={{ href: '/pledges', label: t('title') }}
        actions={canWrite && <PledgeActions pledge={pledge} />}
      />
      <div className="mb-4 flex flex-wrap items-end gap-x-8 gap-y-3">
        <Stat big label={t('page.received')} value={<Sum pledge={pledge} amount={pledge.received} />} />
        <Stat label={t('page.promised')} value={<Sum pledge={pledge} amount={pledge.promised} />} />
        {pledge.lateCount > 0 && (
          <Stat label={t('page.late')} value={<Sum pledge={pledge} amount={pledge.lateAmount} />} />
        )}
        <PledgeSquares squares={pledge.squares} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_20rem]">
        <Card title={t('page.instalments')} flush>
          <InstalmentTable pledge={pledge} />
        </Card>
        <div className="flex flex-col gap-4">
          {alerts}
          <History pledge={pledge} />
          {pledge.note && (
            <Card title={t('form.note')}>
              <p className="whitespace-pre-wrap text-table">{pledge.note}</p>
            </Card>
          )}
        </div>
      </div>
    </>
  )
}

function Title({ pledge }: { pledge: ShownPledge }) {
  return (
    <Link href={`/contacts/${pledge.contactId}`} className="underline-offset-3 hover:underline">
      <bdi>{pledge.contactName}</bdi>
    </Link>
  )
}

function Summary({ pledge }: { pledge: ShownPledge }) {
  const t = useTranslations('pledges.page')
  return (
    <>
      <Promised pledge={pledge} />
      {' · '}
      {t('since')} <PlainDay date={pledge.startOn} />
      {pledge.endOn && (
        <>
          {' · '}
          {t('until')} <PlainDay date={pledge.endOn} />
        </>
      )}
      {pledge.pausedUntil && (
        <>
          {' · '}
          {t('pausedUntil')} <PlainDay date={pledge.pausedUntil} />
        </>
      )}
      {pledge.fundName && ` · ${pledge.fundName}`}
    </>
  )
}

function Sum({ pledge, amount }: { pledge: ShownPledge; amount: string }) {
  return <Money value={{ amount, currency: pledge.currency }} />
}

/** What was agreed, version by version, and the pauses. */
function History({ pledge }: { pledge: ShownPledge }) {
  const t = useTranslations('pledges.page')
  return (
    <Card title={t('terms')}>
      <ul className="flex flex-col gap-1 text-table">
        {pledge.terms.map((terms) => (
          <li key={terms.fromOn}>
            {t('from')} <PlainDay date={terms.fromOn} />: <Promised pledge={{ ...terms, currency: pledge.currency }} />
          </li>
        ))}
        {pledge.pauses.map((pause) => (
          <li key={pause.fromOn} className="text-ink-2">
            {t('pausedFrom')} <PlainDay date={pause.fromOn} />
            {pause.untilOn && (
              <>
                {' '}
                {t('to')} <PlainDay date={pause.untilOn} />
              </>
            )}
            {pause.reason && ` · ${pause.reason}`}
          </li>
        ))}
        {pledge.cancelledOn && (
          <li>
            {t('cancelled')} <PlainDay date={pledge.cancelledOn} />
          </li>
        )}
        {pledge.completedOn && (
          <li>
            {t('completed')} <PlainDay date={pledge.completedOn} />
          </li>
        )}
      </ul>
    </Card>
  )
}
