'use client'

import { useTranslations } from 'next-intl'
import type { Filter } from '../../matches/rules'
import { useConditionWords } from '../../matches/ui/match-reasons'

/** A whole filter in words: for readers, and for trees that the simple form cannot show. */
export function FilterTree({ filter }: { filter: Filter }) {
  const t = useTranslations('watches.filter')
  const isEmpty = 'all' in filter && filter.all.length === 0
  if (isEmpty) return <p className="text-ink-2 text-table">{t('everything')}</p>
  return <Branch filter={filter} />
}

function Branch({ filter }: { filter: Filter }) {
  const t = useTranslations('watches.filter')
  const words = useConditionWords()
  if ('on' in filter) return <p className="text-table">{words(filter)}</p>
  const [name, parts] =
    'all' in filter ? [t('all'), filter.all] : 'any' in filter ? [t('any'), filter.any] : [t('not'), [filter.not]]
  return (
    <div className="text-table">
      <p className="text-ink-3">{name}</p>
      <ul className="ml-1 flex flex-col gap-1 border-line border-l pl-3">
        {parts.map((part) => (
          <li key={JSON.stringify(part)}>
            <Branch filter={part} />
          </li>
        ))}
      </ul>
    </div>
  )
}
