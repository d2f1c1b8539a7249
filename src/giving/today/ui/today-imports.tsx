'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Card } from '@/ui/card'
import type { ShownToday } from '../schema'

/** Imports that have just ended: their pages say row by row what came of them. */
export function TodayImports({ imports }: { imports: ShownToday['imports'] }) {
  const t = useTranslations('today.imports')
  if (imports.length === 0) return null
  return (
    <Card title={t('title')}>
      <ul className="flex flex-col gap-2 text-table">
        {imports.map(({ id, fileName, state, added, errors }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-2">
            <Link href={`/imports/${id}`} className="min-w-0 break-all font-medium underline underline-offset-4">
              {fileName}
            </Link>
            <span className="text-ink-2">
              {state === 'done' ? t('done', { added, errors }) : t(state === 'undone' ? 'undone' : 'stopped')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
