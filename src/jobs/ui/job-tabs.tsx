'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Tabs } from '@/ui/tabs'

const PAGES = [
  { id: 'runs', href: '/jobs' },
  { id: 'functions', href: '/jobs/functions' },
  { id: 'events', href: '/jobs/events' },
] as const

/** Knows from the address which tab is the current one. */
export function JobTabs() {
  const t = useTranslations('jobs')
  const path = usePathname()
  const tabs = PAGES.map(({ id, href }) => ({ id, href, label: t(`tabs.${id}`) }))
  return <Tabs label={t('title')} tabs={tabs} current={PAGES.find(({ href }) => href === path)?.id ?? ''} />
}
