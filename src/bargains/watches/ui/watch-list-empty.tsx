'use client'

import { Binoculars, Plus, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { Kbd } from '@/ui/kbd'
import { LinkButton } from '@/ui/link-button'

/** Says what a watch is, to somebody who has none. */
export function NoWatches({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('watches.empty')
  return (
    <EmptyState
      icon={<Binoculars aria-hidden />}
      title={t('title')}
      description={t('description')}
      action={
        canWrite && (
          <LinkButton href="/watches/new" variant="primary" icon={<Plus aria-hidden />}>
            {t('action')} <Kbd keys="C" />
          </LinkButton>
        )
      }
    />
  )
}

export function NoneFit({ onClear }: { onClear: () => void }) {
  const t = useTranslations('watches.none')
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={t('title')}
      action={<Button onClick={onClear}>{t('action')}</Button>}
    />
  )
}
