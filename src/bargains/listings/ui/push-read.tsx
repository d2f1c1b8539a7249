'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'
import { ErrorState } from '@/ui/error-state'
import { Price } from '@/ui/price'
import type { ReadPage } from '../schema'

const MOST_SHOWN = 50

type PushReadProps = {
  read: ReadPage
  storing: { isPending: boolean; isError: boolean; error: { message: string } | null }
  onStore: () => void
}

/** What was read, before anything is stored. */
export function PushRead({ read, storing, onStore }: PushReadProps) {
  const t = useTranslations('push')
  const { items, verdict, rejected, watches, sourceName } = read
  const [shown, rest] = [items.slice(0, MOST_SHOWN), items.length - MOST_SHOWN]
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-bold text-body">{t('read.title', { source: sourceName })}</h2>
      <p className="text-table">
        {t(`verdict.${verdict}`)} {t('read.items', { count: items.length })}
        {rejected > 0 && ` · ${t('read.rejected', { count: rejected })}`}
      </p>
      {items.length > 0 && (
        <>
          <p className="text-ink-2 text-table">
            {watches.length > 0
              ? t('read.watches', { count: watches.length, names: watches.join(', ') })
              : t('read.noWatch')}
          </p>
          <Button variant="primary" busy={storing.isPending} onClick={onStore} className="self-start">
            {t('read.store', { count: items.length })}
          </Button>
          {storing.isError && <ErrorState description={storing.error?.message ?? ''} />}
          <ul className="divide-y divide-line text-table">
            {shown.map((item) => (
              <li key={item.externalId} className="flex gap-3 py-1.5">
                <span className="line-clamp-2 min-w-0 flex-1">
                  {item.title}
                  {item.city && <span className="text-ink-3"> · {item.city}</span>}
                </span>
                <Price kind={item.price.kind} value={priceOf(item.price)} />
              </li>
            ))}
          </ul>
          {rest > 0 && <p className="text-ink-3 text-meta">{t('read.more', { count: rest })}</p>}
        </>
      )}
    </section>
  )
}

function priceOf({ amount, currency }: ReadPage['items'][number]['price']) {
  return amount === null || currency === null ? null : { amount, currency }
}
