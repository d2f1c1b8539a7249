import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { PageHeader } from '@/ui/page-header'
import { requireMember } from '../../shell-data'
import { settingsSections } from './sections'
import { SettingsTabs } from './settings-tabs'

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('settings')
  const { caller, workspace } = await requireMember()
  const shows: Partial<Record<string, boolean>> = { installation: caller.user.administrator, care: workspace.giving }
  const shown = settingsSections.filter((id) => shows[id] ?? true)
  const tabs = shown.map((id) => ({ id, label: t(`sections.${id}`), href: `/settings/${id}` }))
  return (
    <>
      <PageHeader title={t('title')}>
        <SettingsTabs label={t('title')} tabs={tabs} />
      </PageHeader>
      {children}
    </>
  )
}
