import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ExpectedList } from '@/giving/today/ui/expected-list'
import { addDays, todayIn } from '@/kernel/dates'
import type { SearchParams } from '@/ui/address'
import { PageHeader } from '@/ui/page-header'
import { requireMember } from '../../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('today'))('expected.title') }
}

/** The rows of the figure on the page of today. */
export default async function ExpectedPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { workspace } = await requireMember()
  const whose = (await searchParams).whose === 'mine' ? 'mine' : 'all'
  const [t, from] = [await getTranslations('today'), todayIn(workspace.timeZone, new Date())]
  return (
    <>
      <PageHeader title={t('expected.title')} back={{ href: '/today', label: t('title') }} />
      <ExpectedList from={from} to={addDays(from, 6)} currency={workspace.currency} whose={whose} />
    </>
  )
}
