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
import { useMomentWords } from '../../watches/ui/use-moment-words'
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
        width: '136px',
        hideBelow: 'md',
        cell: (row) => <Tags row={row} />,
      },
      {
        id: 'place',
        header: t(withWatch ? 'column.placeAndWatch' : 'column.place'),
        width: '148px',
        hideBelow: 'xl',
        cell: (row) => <Place row={row} withWatch={withWatch} />,
      },
      {
        id: 'seen',
        header: t('column.seen'),
        width: '140px',
        hideBelow: 'lg',
        descFirst: true,
        sortValue: (row) => row.matchedAt,
        cell: (row) => <Seen row={row} />,
      },
      {
        id: 'price',
        header: t('column.price'),
        width: 'clamp(110px, 15vw, 184px)',
        align: 'end',
        phone: 'aside',
        sortValue: (row) => BigInt(row.listing.price.amount ?? 0),
        cell: (row) => (
          <Price
            kind={row.listing.price.kind}
            value={priceOf(row)}
            before={priceBefore(row)}
            className="sm:flex sm:flex-wrap sm:justify-end"
          />
        ),
      },
      {
        id: 'star',
        header: t('column.star'),
        headerHidden: true,
        // The quick action that comes on hover stands in it, to the left of the star.
        width: 'clamp(44px, 6.5vw, 84px)',
        align: 'end',
        phone: 'mark',
        cell: (row) => <StarCell row={row} onStar={onStar} />,
      },
    ],
    [t, withWatch, onStar],
  )
}

/** Where it is; under that who sells it, or whose match it is where the list is of several watches. */
function Place({ row, withWatch }: { row: MatchRow; withWatch: boolean }) {
  const t = useTranslations('matches.seller')
  const { sellerKind } = row.listing
  const second = withWatch ? row.watchName : sellerKind === 'unknown' ? '' : t(sellerKind)
  return (
    <>
      <span className="block truncate text-ink-2">{placeOf(row)}</span>
      {second && <span className="block truncate text-ink-2 text-meta max-sm:hidden">{second}</span>}
    </>
  )
}

/** When we saw it first, and how long it has been on the market by then. */
function Seen({ row }: { row: MatchRow }) {
  const t = useTranslations('matches')
  const { ago } = useMomentWords()
  return (
    <>
      <DateTime value={row.matchedAt} className="block truncate text-ink-2" />
      <span className="block truncate text-ink-2 text-meta max-sm:hidden">
        {t('listed', { when: ago(listedAt(row), 'narrow') })}
      </span>
    </>
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
    <span className="relative z-1">
      <IconButton
        size="small"
        label={starred ? t('unstar') : t('star')}
        shortcut="F"
        aria-pressed={starred}
        icon={icon}
        onClick={() => onStar(row)}
      />
    </span>
  )
}
