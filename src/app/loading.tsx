import { getTranslations } from 'next-intl/server'
import { Skeleton } from '@/ui/skeleton'

export default async function Loading() {
  const t = await getTranslations('shell')
  return (
    <div role="status" className="flex flex-col gap-4 p-6">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-6 w-48" />
      <Skeleton className="h-40 w-full" />
    </div>
  )
}
