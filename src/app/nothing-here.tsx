import { getTranslations } from 'next-intl/server'
import { EmptyState } from '@/ui/empty-state'

/** Drawn here, for lucide's own would bring its code to every page; this one's page is part of every other. */
function Compass() {
  return (
    <svg aria-hidden viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="12" cy="12" r="10" />
      <path d="m16.24 7.76-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 1 1.265-1.265z" />
    </svg>
  )
}

/** What stands at an address where nothing is. */
export async function NothingHere() {
  const t = await getTranslations('shell.notFound')
  return (
    <div className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={<Compass />}
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
