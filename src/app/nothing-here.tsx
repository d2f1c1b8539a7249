import { Compass } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '@/ui/empty-state'

/** What stands at an address where nothing is. */
export async function NothingHere() {
  const t = await getTranslations('shell.notFound')
  return (
    <div className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={<Compass aria-hidden />}
        title={t('title')}
        description={t('description')}
        action={
          // A plain link: this page is part of every other, and next/link would be 4 kB more in each.
          <a href="/" className="font-medium text-ink underline underline-offset-2">
            {t('home')}
          </a>
        }
      />
    </div>
  )
}
