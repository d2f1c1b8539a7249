'use client'

import { ExternalLink } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { LinkButton } from '@/ui/link-button'
import { Popover } from '@/ui/popover'
import { useHealthSentence } from './health-sentence'
import { needsSomebody, searchState } from './watch-status'
import type { SearchView, WatchView } from './watch-view'

/** "what now?": each search that is in trouble, what that means and what to do. */
export function HealthHelp({ watch }: { watch: WatchView }) {
  const t = useTranslations('watches.health')
  const sick = watch.searches.filter((search) => needsSomebody(searchState(search)))
  if (sick.length === 0) return null
  return (
    <Popover
      title={t('whatNow')}
      trigger={
        <button type="button" className="hit-area text-wheat-ink underline underline-offset-3 hover:no-underline">
          {t('whatNow')}
        </button>
      }
    >
      <ul className="flex flex-col gap-3">
        {sick.map((search) => (
          <li key={search.id}>
            <SickSearch search={search} />
          </li>
        ))}
      </ul>
    </Popover>
  )
}

export function SickSearch({ search }: { search: SearchView }) {
  const t = useTranslations('watches.health')
  const health = useHealthSentence()
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-ink-2 text-table">{health.ofSearch(search)}</p>
      <LinkButton href={search.url} target="_blank" size="small" icon={<ExternalLink aria-hidden />}>
        {t('openSearch', { source: search.sourceName })}
      </LinkButton>
    </div>
  )
}
