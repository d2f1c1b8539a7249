'use client'

import { useTranslations } from 'next-intl'
import { PlainError } from '@/ui/plain-error'

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

/** The digest is what the server's log carries for the same failure; the message itself may hold what readers must not see. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations('crash')
  return (
    <PlainError
      title={t('title')}
      description={t('description')}
      retry={t('retry')}
      code={error.digest}
      onRetry={reset}
    />
  )
}
