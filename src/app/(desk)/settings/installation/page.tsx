import { Lock } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { InstallationSettings } from '@/notifications/installation/ui/installation-settings'
import { EmptyState } from '@/ui/empty-state'
import { requireMember } from '../../../shell-data'

export default async function InstallationPage() {
  const { caller } = await requireMember()
  if (caller.user.administrator) return <InstallationSettings />
  const t = await getTranslations('channels.installation')
  return <EmptyState icon={<Lock aria-hidden />} title={t('notYours')} />
}
