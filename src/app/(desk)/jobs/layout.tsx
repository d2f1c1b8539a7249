import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { EngineLine } from '@/jobs/ui/engine-line'
import { JobTabs } from '@/jobs/ui/job-tabs'
import { EmptyState } from '@/ui/empty-state'
import { PageHeader } from '@/ui/page-header'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('jobs'))('title') }
}

/** For whoever runs this installation; what the pages read is guarded once more by their procedures. */
export default async function JobsLayout({ children }: { children: ReactNode }) {
  const { caller } = await requireMember()
  const t = await getTranslations('jobs')
  if (!caller.user.administrator) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState icon={<Lock aria-hidden />} title={t('notYours')} />
      </>
    )
  }
  await prefetch(trpc.jobs.overview.queryOptions())
  return (
    <HydrateClient>
      <PageHeader title={t('title')} summary={<EngineLine />}>
        <JobTabs />
      </PageHeader>
      {children}
    </HydrateClient>
  )
}
