import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { SearchParams } from '@/ui/address'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'

type Props = { readonly params: Promise<{ readonly token: string }>; readonly searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('summary.stop'))('title'), robots: { index: false } }
}

/** For mail programs without a button of their own. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const [{ token }, { done }] = [await params, await searchParams]
  const t = await getTranslations('summary.stop')
  if (done) return <EmptyState title={t('done')} description={t('doneHint')} />
  return (
    <Card title={t('title')} hint={t('hint')}>
      <form action={`/api/unsubscribe/${token}?page=1`} method="post">
        <Button type="submit" variant="primary">
          {t('confirm')}
        </Button>
      </form>
    </Card>
  )
}
