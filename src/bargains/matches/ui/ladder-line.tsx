import { useTranslations } from 'next-intl'
import { Money } from '@/ui/money'
import type { ShownLadder } from '../../prices/schema'

/** "3rd time listed, was 1,900 zł, 41 days on the market" */
export function LadderLine({ ladder }: { ladder: ShownLadder }) {
  const t = useTranslations('matches.ladder')
  const { times, days, before, currency } = ladder
  if (before === null || currency === null) return t('line', { times, days })
  return t.rich('was', { times, days, before: () => <Money value={{ amount: before, currency }} /> })
}
