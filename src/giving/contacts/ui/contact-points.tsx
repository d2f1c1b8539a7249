import { Mail, MapPin, Phone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/ui/badge'
import { Card } from '@/ui/card'
import { cx } from '@/ui/class-names'
import type { ShownContact } from '../schema'

type Point = ShownContact['points'][number]

const ICONS = { email: Mail, phone: Phone, address: MapPin }

/** Every way to reach them; old ones last and quiet. */
export function ContactPoints({ points }: { points: readonly Point[] }) {
  const t = useTranslations('contacts')
  const sorted = points.toSorted((a, b) => Number(a.historic) - Number(b.historic))
  return (
    <Card title={t('part.contact')}>
      {sorted.length === 0 && <p className="text-ink-3 text-table">{t('page.noPoints')}</p>}
      <ul className="flex flex-col gap-1.5">
        {sorted.map((point) => (
          <PointLine
            key={point.id}
            point={point}
            several={points.filter(({ kind }) => kind === point.kind).length > 1}
          />
        ))}
      </ul>
    </Card>
  )
}

function PointLine({ point, several }: { point: Point; several: boolean }) {
  const t = useTranslations('contacts.page')
  const Icon = ICONS[point.kind]
  return (
    <li className={cx('flex items-start gap-2 text-table', point.historic && 'text-ink-3')}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.75] text-ink-3" />
      <span className="wrap-anywhere min-w-0 flex-1">
        <PointValue point={point} />
      </span>
      {point.bounced && <Badge tone="warn">{t('bounced')}</Badge>}
      {point.historic && <Badge>{t('historic')}</Badge>}
      {point.primary && several && <Badge tone="sage">{t('primary')}</Badge>}
    </li>
  )
}

function PointValue({ point: { kind, value, dial, historic } }: { point: Point }) {
  if (kind === 'address' || historic) return <bdi>{value}</bdi>
  const href = kind === 'phone' ? `tel:${dial ?? ''}` : `mailto:${value}`
  return (
    <a href={href} className={cx('underline-offset-3 hover:underline', kind === 'phone' && 'figures')}>
      {value}
    </a>
  )
}
