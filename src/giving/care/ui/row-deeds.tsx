'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '@/ui/badge'
import { usePlainDay } from '../../gifts/ui/plain-day'
import { useToday } from '../../gifts/ui/use-today'
import type { CareRow } from '../schema'

/** What was done about somebody already: spoken to today, a task that comes. */
export function RowDeeds({ row: { spokenOn, taskOn } }: { row: CareRow }) {
  const [t, day, today] = [useTranslations('care'), usePlainDay(), useToday()]
  return (
    <>
      {spokenOn === today && <Badge tone="good">{t('spokenToday')}</Badge>}
      {taskOn !== null && <Badge>{t('taskOn', { date: day(taskOn) })}</Badge>}
    </>
  )
}
