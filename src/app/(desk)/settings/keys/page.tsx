import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { ApiKeys } from '@/accounts/ui/api-keys'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export default async function KeysPage() {
  const { workspace } = await requireMember()
  const [t, api] = [await getTranslations('accounts.keys'), await getTranslations('api')]
  if (!may(workspace.role, 'tokens.manage')) return <EmptyState title={t('notYours')} />
  await prefetch(trpc.accounts.tokens.queryOptions())
  return (
    <HydrateClient>
      <Card
        title={t('title')}
        hint={t('hint')}
        actions={
          <LinkButton href="/api/docs" variant="ghost">
            {api('title')}
          </LinkButton>
        }
      >
        <ApiKeys />
      </Card>
    </HydrateClient>
  )
}
