import { Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { cx } from '@/ui/class-names'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { IconButton } from '@/ui/icon-button'
import { MatchTag } from '@/ui/match-tag'
import { Photo } from '@/ui/photo'
import { Price } from '@/ui/price'
import { listedAt, type MatchRow, placeOf, priceBefore, priceOf, tagsOf } from './match-view'

type ColumnWishes = {
  /** Name the watch, where the list is of several. */
  withWatch: boolean
  /** Nothing where the reader may only look. */
  onStar: ((row: MatchRow) => void) | undefined
}

export function useMatchColumns({ withWatch, onStar }: ColumnWishes): Column<MatchRow>[] {
  const t = useTranslations('matches')
  return useMemo<Column<MatchRow>[]>(
    () => [
      {
        id: 'photo',
        header: t('column.photo'),
        headerHidden: true,
        width: '76px',
        phone: 'photo',
        cell: (row) => <Photo src={row.listing.photos[0]} alt="" />,
      },
      { id: 'title', header: t('column.title'), phone: 'title', cell: (row) => row.listing.title },
      {
        id: 'tags',
        header: t('column.tags'),
        headerHidden: true,
        width: '150px',
        hideBelow: 'md',
        cell: (row) => <Tags row={row} />,
      },
      ...(withWatch
        ? [
            {
              id: 'watch',
              header: t('column.watch'),
              width: '150px',
              hideBelow: 'xl' as const,
              phone: 'hidden' as const,
              cell: (row: MatchRow) => <span className="text-ink-2">{row.watchName}</span>,
            },
          ]
        : []),
      {
        id: 'place',
        header: t('column.place'),
        width: '132px',
        hideBelow: 'lg',
        cell: (row) => <span className="text-ink-2">{placeOf(row)}</span>,
      },
      {
        id: 'seller',
        header: t('column.seller'),
        width: '84px',
        hideBelow: 'xl',
        phone: 'hidden',
        cell: (row) => <span className="text-ink-2">{t(`seller.${row.listing.sellerKind}`)}</span>,
      },
      {
        id: 'listed',
        header: t('column.listed'),
        width: '108px',
        hideBelow: 'xl',
        phone: 'hidden',
        cell: (row) => <DateTime value={listedAt(row)} className="text-ink-2" />,
      },
      {
        id: 'seen',
        header: t('column.seen'),
        width: '108px',
        hideBelow: 'md',
        descFirst: true,
        sortValue: (row) => row.matchedAt,
        cell: (row) => <DateTime value={row.matchedAt} className="text-ink-2" />,
      },
      {
        id: 'price',
        header: t('column.price'),
        width: '172px',
        align: 'end',
        phone: 'aside',
        sortValue: (row) => BigInt(row.listing.price.amount ?? 0),
        cell: (row) => <Price kind={row.listing.price.kind} value={priceOf(row)} before={priceBefore(row)} />,
      },
      {
        id: 'star',
        header: t('column.star'),
        headerHidden: true,
        width: '44px',
        align: 'center',
        phone: 'mark',
        cell: (row) => <StarCell row={row} onStar={onStar} />,
      },
    ],
    [t, withWatch, onStar],
  )
}

function Tags({ row }: { row: MatchRow }) {
  const tags = tagsOf(row)
  if (tags.length === 0) return null
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((kind) => (
        <MatchTag key={kind} kind={kind} />
      ))}
    </span>
  )
}

function StarCell({ row, onStar }: { row: MatchRow; onStar: ColumnWishes['onStar'] }) {
  const t = useTranslations('matches.action')
  const starred = row.state === 'favourite'
  const icon = <Star aria-hidden className={cx(starred && 'fill-current text-wheat')} />
  if (!onStar) return starred ? icon : null
  return (
    <IconButton
      size="small"
      label={starred ? t('unstar') : t('star')}
      shortcut="F"
      aria-pressed={starred}
      icon={icon}
      onClick={() => onStar(row)}
    />
  )
}
