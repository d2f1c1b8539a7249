import { useTranslations } from 'next-intl'
import { Skeleton } from './skeleton'

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** A title over grey rows, until the page's data have come. */
export function PageSkeleton({ rows }: { rows: number }) {
  const t = useTranslations('ui')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="mb-4 h-6 w-48" />
      {PLACES.slice(0, rows).map((place) => (
        <Skeleton key={place} className="h-12 w-full" />
      ))}
    </div>
  )
}
