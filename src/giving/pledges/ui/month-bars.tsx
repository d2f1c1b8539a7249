'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { formatMoney } from '@/kernel/money'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'

/** What was promised for each month and what of it came: a table that is drawn as bars. */
export function MonthBars() {
  const t = useTranslations('pledges.months')
  const [format, locale] = [useFormatter(), useLocale()]
  const shown = useQuery(useTRPC().pledges.months.queryOptions({})).data
  const most = shown?.months.reduce((top, { expected }) => (BigInt(expected) > top ? BigInt(expected) : top), 0n) ?? 0n
  if (!shown || most === 0n) return null
  const money = (amount: string) => formatMoney({ amount: BigInt(amount), currency: shown.currency }, locale)
  const share = (amount: string) => `${Number((BigInt(amount) * 1000n) / most) / 10}%`
  return (
    <Card title={t('title')} hint={t('hint')} className="mb-4">
      <table className="w-full table-fixed">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('month')}</th>
            <th scope="col">{t('received')}</th>
          </tr>
        </thead>
        <tbody className="flex h-36 items-stretch gap-1 sm:gap-2">
          {shown.months.map(({ month, expected, received }) => {
            const words = t('of', { received: money(received), expected: money(expected) })
            const date = new Date(`${month}-01T00:00:00Z`)
            return (
              <tr key={month} title={words} className="flex min-w-0 flex-1 flex-col-reverse gap-1">
                <th scope="row" className="truncate text-center font-normal text-ink-3 text-meta">
                  <span className="sr-only">
                    {format.dateTime(date, { month: 'long', year: 'numeric', timeZone: 'UTC' })}
                  </span>
                  <span aria-hidden>{format.dateTime(date, { month: 'narrow', timeZone: 'UTC' })}</span>
                </th>
                <td className="relative min-h-0 flex-1">
                  <span className="sr-only">{words}</span>
                  <span
                    aria-hidden
                    style={{ height: share(expected) }}
                    className="absolute inset-x-0 bottom-0 rounded-t-[3px] border border-line-strong border-b-0"
                  />
                  <span
                    aria-hidden
                    style={{ height: share(received) }}
                    className="absolute inset-x-0 bottom-0 rounded-t-[3px] bg-sage"
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Card>
  )
}
