'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { cx } from '@/ui/class-names'
import type { ShownMatch } from '../schema'
import { RecordPart } from './record-part'

const LONG = 600

/** The advert's own words and its details, as the page gave them: plain text. */
export function AdvertWords({ match }: { match: ShownMatch }) {
  const t = useTranslations('matches.panel')
  const { description, attributes } = match
  const [whole, setWhole] = useState(false)
  const isLong = (description?.length ?? 0) > LONG
  return (
    <>
      {description && (
        <RecordPart title={t('words')}>
          <p className={cx('whitespace-pre-line text-table', isLong && !whole && 'line-clamp-10')}>{description}</p>
          {isLong && (
            <Button variant="link" className="mt-1" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {whole ? t('less') : t('whole')}
            </Button>
          )}
        </RecordPart>
      )}
      {attributes.length > 0 && (
        <RecordPart title={t('details')}>
          <dl className="grid grid-cols-[minmax(0,auto)_1fr] gap-x-4 gap-y-1 text-table">
            {attributes.map(({ key, label, value }) => (
              <div key={key} className="contents">
                <dt className="text-ink-3">{label}</dt>
                <dd className="min-w-0">{value}</dd>
              </div>
            ))}
          </dl>
        </RecordPart>
      )}
    </>
  )
}
