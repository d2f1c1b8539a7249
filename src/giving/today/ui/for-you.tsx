'use client'

import { HandHeart, HeartCrack, Hourglass, ListTodo } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import { Money } from '@/ui/money'
import type { CareRow } from '../../care/schema'
import type { ShownToday } from '../schema'

type ForYouProps = { data: ShownToday; whose: 'mine' | 'all' }

/** One list of different things in one form, the most urgent kind first; each heading opens all of its rows. */
export function ForYou({ data, whose }: ForYouProps) {
  const t = useTranslations('today')
  const { late, risk, thanks, tasks } = data
  const own = whose === 'all' ? '&whose=all' : ''
  if (late.total + risk.total + thanks.total + tasks.total === 0) {
    return (
      <Card title={t('forYou')}>
        <EmptyState title={t('nothing')} />
      </Card>
    )
  }
  return (
    <Card title={t('forYou')} flush>
      <Section icon={<Hourglass aria-hidden />} kind="late" total={late.total} href={`/care?show=late${own}`}>
        {late.rows.map((row) => (
          <Row key={row.pledgeId} href={`/pledges/${row.pledgeId}`} name={row.name} phone={row.phone}>
            {t('daysLate', { days: row.days })} <Amount row={row} />
          </Row>
        ))}
      </Section>
      <Section icon={<HeartCrack aria-hidden />} kind="risk" total={risk.total} href={`/care?show=risk${own}`}>
        {risk.rows.map((row) => (
          <Row key={row.contactId} href={`/contacts/${row.contactId}`} name={row.name} phone={row.phone}>
            {t('silent', { gap: row.gapDays ?? 0, days: row.days })}
          </Row>
        ))}
      </Section>
      <Section icon={<HandHeart aria-hidden />} kind="thanks" total={thanks.total} href={`/care?show=thanks${own}`}>
        {thanks.rows.map((row) => (
          <Row key={row.contactId} href={`/contacts/${row.contactId}`} name={row.name} phone={row.phone}>
            {t('gifts', { count: row.gifts.length })} {row.gifts.length === 1 && <Given gifts={row.gifts} />}
          </Row>
        ))}
      </Section>
      <Section icon={<ListTodo aria-hidden />} kind="tasks" total={tasks.total} href={`/tasks?show=due${own}`}>
        {tasks.rows.map((task) => (
          <Row
            key={task.id}
            href={task.contactId ? `/contacts/${task.contactId}` : '/tasks?show=due'}
            name={task.title}
            phone={null}
          >
            {task.contactName}
          </Row>
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
      <ul className="pb-1">{children}</ul>
    </section>
  )
}

type RowProps = { href: string; name: string; phone: string | null; children: ReactNode }

function Row({ href, name, phone, children }: RowProps) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 px-4 py-1.5 text-table">
      <Link href={href} className="min-w-0 break-words font-bold underline-offset-4 hover:underline">
        {name}
      </Link>
      <span className="min-w-0 flex-1 text-ink-2">{children}</span>
      {phone && (
        <a href={`tel:${phone}`} className="figures shrink-0 text-ink-2 underline-offset-4 hover:underline">
          {phone}
        </a>
      )}
    </li>
  )
}

function Amount({ row: { amount, currency } }: { row: CareRow }) {
  return amount && currency ? <Money value={{ amount, currency }} /> : null
}

function Given({ gifts }: { gifts: CareRow['gifts'] }) {
  return gifts.map(({ id, amount, currency }) => <Money key={id} value={{ amount, currency }} />)
}
