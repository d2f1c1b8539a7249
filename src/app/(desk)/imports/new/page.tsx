import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { NewImport } from '@/giving/imports/ui/new-import'
import { PageHeader } from '@/ui/page-header'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('imports'))('new') }
}

export default async function NewImportPage() {
  const { workspace } = await requireMember()
  if (!may(workspace.role, 'contacts.write')) redirect('/contacts')
  const t = await getTranslations('imports')
  return (
    <>
      <PageHeader title={t('new')} summary={t('newSummary')} back={{ href: '/imports', label: t('title') }} />
      <NewImport />
    </>
  )
}
