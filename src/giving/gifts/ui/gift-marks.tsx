import { Ban, EyeOff, Heart, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/ui/badge'
import type { ListedGift } from '../schema'

/** What is particular about an entry, in words. */
export function GiftMarks({ gift }: { gift: ListedGift }) {
  const t = useTranslations('gifts.mark')
  return (
    <span className="flex flex-wrap gap-1">
      {gift.voidedAt && (
        <Badge tone="bad" icon={<Ban aria-hidden />}>
          {t('voided')}
        </Badge>
      )}
      {gift.reversesId && (
        <Badge tone="warn" icon={<Undo2 aria-hidden />}>
          {t('refund')}
        </Badge>
      )}
      {gift.refunded !== '0' && (
        <Badge tone="warn" icon={<Undo2 aria-hidden />}>
          {gift.refunded === gift.amount ? t('refunded') : t('partly')}
        </Badge>
      )}
      {gift.method === 'in_kind' && <Badge>{t('inKind')}</Badge>}
      {gift.anonymous && <Badge icon={<EyeOff aria-hidden />}>{t('anonymous')}</Badge>}
      {gift.extra && <Badge>{t('extra')}</Badge>}
      {gift.thanksDue && !gift.thankedAt && !gift.voidedAt && (
        <Badge tone="sage" icon={<Heart aria-hidden />}>
          {t('thanksDue')}
        </Badge>
      )}
    </span>
  )
}
