'use client'

import { HandHeart, HeartCrack, Hourglass, ListTodo } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import { Money } from '@/ui/money'
import type { CareRow } from '../../care/schema'
import { useCareActions } from '../../care/ui/use-care-actions'
import type { ShownToday } from '../schema'
import { CareEntry, TaskEntry } from './for-you-entry'
import { usePatchToday } from './use-today-data'

type ForYouProps = { data: ShownToday; whose: 'mine' | 'all'; mayAct: boolean; checkHour: number }

/** One list of different things in one form, the most urgent kind first; each heading opens all of its rows. */
export function ForYou({ data, whose, mayAct, checkHour }: ForYouProps) {
  const t = useTranslations('today')
  const { late, risk, thanks, tasks } = data
  const doing = useCareActions(usePatchToday(whose))
  const actions = mayAct ? doing : null
  const own = whose === 'all' ? '&whose=all' : ''
  if (late.total + risk.total + thanks.total + tasks.total === 0) {
    const hour = String(checkHour).padStart(2, '0')
    return (
      <Card title={t('forYou')}>
        <EmptyState title={t('nothing')} description={t('nextCheck', { hour })} />
      </Card>
    )
  }
  return (
    <Card title={t('forYou')} flush>
      <Section icon={<Hourglass aria-hidden />} kind="late" total={late.total} href={`/care?show=late${own}`}>
        {late.rows.map((row) => (
          <CareEntry key={row.pledgeId} row={row} href={`/pledges/${row.pledgeId}`} actions={actions}>
            {t('daysLate', { days: row.days })} <Amount row={row} />
          </CareEntry>
        ))}
      </Section>
      <Section icon={<HeartCrack aria-hidden />} kind="risk" total={risk.total} href={`/care?show=risk${own}`}>
        {risk.rows.map((row) => (
          <CareEntry key={row.contactId} row={row} href={`/contacts/${row.contactId}`} actions={actions}>
            {t(`silent.${row.basis ?? 'default'}`, { gap: row.gapDays ?? 0, days: row.days })}
          </CareEntry>
        ))}
      </Section>
      <Section icon={<HandHeart aria-hidden />} kind="thanks" total={thanks.total} href={`/care?show=thanks${own}`}>
        {thanks.rows.map((row) => (
          <CareEntry key={row.contactId} row={row} href={`/contacts/${row.contactId}`} actions={actions} thanks>
            {t('gifts', { count: row.gifts.length })} {row.gifts.length === 1 && <Given gifts={row.gifts} />}
          </CareEntry>
        ))}
      </Section>
      <Section icon={<ListTodo aria-hidden />} kind="tasks" total={tasks.total} href={`/tasks?show=due${own}`}>
        {tasks.rows.map((task) => (
          <TaskEntry key={task.id} task={task} whose={whose} mayAct={mayAct} />
        ))}
      </Section>
    </Card>
  )
}

type SectionProps = {
  icon: ReactNode
  kind: 'late' | 'risk' | 'thanks' | 'tasks'
  total: number
  href: string
  children: ReactNode
}

function Section({ icon, kind, total, href, children }: SectionProps) {
  const t = useTranslations('today.kinds')
  if (total === 0) return null
  return (
    <section className="border-line border-t">
      <h3 className="px-4 pt-2 font-medium">
        <Link
          href={href}
          className="inline-flex items-center gap-2 rounded-control underline-offset-4 hover:underline [&_svg]:size-4 [&_svg]:text-ink-3"
        >
          {icon}
          {t(kind)}
          <span className="figures text-ink-3">{total}</span>
        </Link>
      </h3>
      <ul className="divide-y divide-line pb-1">{children}</ul>
    </section>
  )
}

function Amount({ row: { amount, currency } }: { row: CareRow }) {
  return amount && currency ? <Money value={{ amount, currency }} /> : null
}

function Given({ gifts }: { gifts: CareRow['gifts'] }) {
  return gifts.map(({ id, amount, currency }) => <Money key={id} value={{ amount, currency }} />)
}
