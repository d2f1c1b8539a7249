import { Compass } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '@/ui/empty-state'
import { LinkButton } from '@/ui/link-button'

export default async function NotFound() {
  const t = await getTranslations('shell.notFound')
  return (
    <main className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={<Compass aria-hidden />}
        title={t('title')}
        description={t('description')}
        action={<LinkButton href="/watches">{t('home')}</LinkButton>}
      />
    </main>
  )
}
