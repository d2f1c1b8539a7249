import { useTranslations } from 'next-intl'
import { useFind } from '@/trpc/client-find'

/** Why something was not sent, in words; a reason of a newer release shows its own name. */
export function useReason(): (reason: string | null) => string {
  const find = useFind()
  const t = useTranslations('deliveries.reasons')
  return (reason) => (reason ? (find(`deliveries.reasons.${reason}`) ?? reason) : t('provider'))
}
