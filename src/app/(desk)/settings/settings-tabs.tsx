'use client'

import { useSelectedLayoutSegment } from 'next/navigation'
import { type Tab, Tabs } from '@/ui/tabs'

/** Knows from the address which tab is the current one. */
export function SettingsTabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return <Tabs label={label} tabs={tabs} current={useSelectedLayoutSegment() ?? ''} />
}
