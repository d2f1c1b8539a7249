import { useTranslations } from 'next-intl'
import type { RunFacts } from './job-types'

/** Who did something by hand. */
export function ByHand({ requester }: { requester: NonNullable<RunFacts['requestedBy']> }) {
  const t = useTranslations('jobs.byHand')
  return requester.kind === 'commandLine' ? t('commandLine') : (requester.name ?? t('gone'))
}
