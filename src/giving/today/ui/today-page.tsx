'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { oneOf } from '@/ui/address'
import { ErrorState } from '@/ui/error-state'
import { PageHeader } from '@/ui/page-header'
import { Segmented } from '@/ui/segmented'
import { Skeleton } from '@/ui/skeleton'
import { useAddress } from '@/ui/use-address'
import { FirstSteps } from './first-steps'
import { ForYou } from './for-you'
import { Support } from './support'
import { TodayExpected } from './today-expected'
import { TodayImports } from './today-imports'
import { TodayMonths } from './today-months'
import { useTodayData } from './use-today-data'

const params = { whose: oneOf(['mine', 'all'] as const, 'mine') }

type TodayProps = {
  /** Whether the reader's role sees every contact, so that "mine" is a choice. */
  seesAll: boolean
  maySetGoal: boolean
  mayWrite: boolean
  /** Of the daily check, by the workspace's clock. */
  checkHour: number
  /** What the other half of the workspace has to tell. */
  children?: ReactNode
}

/** Whom to turn to this morning, and how support stands. */
export function TodayPage({ seesAll, maySetGoal, mayWrite, checkHour, children }: TodayProps) {
  const t = useTranslations('today')
  const [{ whose }, change] = useAddress(params)
  const { data, isError, refetch } = useTodayData(whose)
  // Whoever sees their own contacts alone is not asked, and their lists know it.
  const shown = seesAll ? whose : 'all'
  const options = (['mine', 'all'] as const).map((value) => ({ value, label: t(value) }))
  return (
    <>
      <PageHeader title={t('title')}>
        {seesAll && (
          <Segmented label={t('whose')} options={options} value={whose} onChange={(next) => change({ whose: next })} />
        )}
      </PageHeader>
      {isError && !data && <ErrorState onRetry={() => refetch()} />}
      {!data && !isError && <Skeleton className="h-64 w-full" />}
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        {data && (
          <div className="flex min-w-0 flex-col gap-4">
            {mayWrite && <FirstSteps begun={data.begun} />}
            {data.begun.contacts && <ForYou data={data} whose={whose} mayAct={mayWrite} checkHour={checkHour} />}
          </div>
        )}
        <div className="flex min-w-0 flex-col gap-4">
          {data?.begun.contacts && (
            <>
              <Support data={data} whose={shown} maySetGoal={maySetGoal} />
              <TodayMonths data={data} whose={shown} />
              <TodayExpected data={data} whose={shown} />
              <TodayImports imports={data.imports} />
            </>
          )}
          {children}
        </div>
      </div>
    </>
  )
}
