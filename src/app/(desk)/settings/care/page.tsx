import { redirect } from 'next/navigation'
import { may } from '@/accounts/rules-permissions'
import { CarePreferences } from '@/giving/care/ui/care-preferences'
import { CareSettings } from '@/giving/care/ui/care-settings'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

/** The workspace's part for whoever may change it, and every member's own. */
export default async function CareSettingsPage() {
  const { workspace } = await requireMember()
  if (!workspace.giving) redirect('/settings')
  const decides = may(workspace.role, 'giving.settings')
  await Promise.all([
    prefetch(trpc.care.preferences.queryOptions()),
    decides && prefetch(trpc.care.settings.queryOptions()),
  ])
  return (
    <HydrateClient>
      <div className="flex max-w-3xl flex-col gap-4">
        {decides && <CareSettings />}
        <CarePreferences />
      </div>
    </HydrateClient>
  )
}
