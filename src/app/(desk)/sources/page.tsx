import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { SourceList } from '@/bargains/searches/ui/source-list'
import { LinkButton } from '@/ui/link-button'
import { PageHeader } from '@/ui/page-header'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sources'))('title') }
}

export default async function SourcesPage() {
  const { workspace } = await requireMember()
  const t = await getTranslations('sources')
  await prefetch(trpc.sources.list.queryOptions())
  return (
    <>
      <PageHeader
        title={t('title')}
        summary={t('summary')}
        actions={may(workspace.role, 'listings.push') && <LinkButton href="/push">{t('push')}</LinkButton>}
      />
      <HydrateClient>
        <SourceList
          canWrite={may(workspace.role, 'watches.write')}
          canOverride={may(workspace.role, 'sources.override')}
        />
      </HydrateClient>
    </>
  )
}
