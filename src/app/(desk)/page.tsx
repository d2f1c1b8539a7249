import { Sunrise } from 'lucide-react'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { PageHeader } from '@/ui/page-header'
import { firstPage } from '../navigation'
import { requireMember } from '../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('home.title') }
}

/** The first page of what is on is home; where nothing has one, this says so. */
export default async function HomePage() {
  const { workspace } = await requireMember()
  const first = firstPage(workspace)
  if (first) redirect(first)
  const t = await getTranslations('shell.home')
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyState
        icon={<Sunrise aria-hidden />}
        title={t('nothing.title')}
        description={t('nothing.description')}
        action={<LinkButton href="/settings/workspace">{t('settings')}</LinkButton>}
      />
    </>
  )
}
