import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PushPage } from '@/bargains/listings/ui/push-page'
import { PageHeader } from '@/ui/page-header'
import { requireMember } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('push'))('title') }
}

export default async function HandOverPage() {
  await requireMember()
  const t = await getTranslations('push')
  return (
    <>
      <PageHeader title={t('title')} summary={t('summary')} />
      <PushPage />
    </>
  )
}
