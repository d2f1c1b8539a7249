'use client'

import { MapPin } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/ui/date-time'
import { LadderLine } from './ladder-line'
import { type MatchRow, placeOf } from './match-view'

/** The lines under the pictures: place, seller, since when, whose match. */
export function MatchFacts({ match }: { match: MatchRow }) {
  const t = useTranslations('matches')
  const { listing } = match
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-table">
      {placeOf(match) && (
        <Fact name={t('column.place')}>
          <Place match={match} />
        </Fact>
      )}
      <Fact name={t('column.seller')}>
        {[listing.sellerName, t(`seller.${listing.sellerKind}`)].filter(Boolean).join(' · ')}
      </Fact>
      {listing.postedAt && (
        <Fact name={t('panel.posted')}>
          <DateTime value={listing.postedAt} />
        </Fact>
      )}
      <Fact name={t('panel.firstSeen')}>
        <DateTime value={listing.firstSeenAt} />
      </Fact>
      {listing.goneAt ? (
        <Fact name={t('panel.gone')}>
          <DateTime value={listing.goneAt} />
        </Fact>
      ) : (
        <Fact name={t('panel.lastSeen')}>
          <DateTime value={listing.lastSeenAt} />
        </Fact>
      )}
      {listing.heldAt && (
        <Fact name={t('panel.held')}>
          <DateTime value={listing.heldAt} />
        </Fact>
      )}
      {listing.ladder && (
        <Fact name={t('panel.listed')}>
          <LadderLine ladder={listing.ladder} />
        </Fact>
      )}
      {listing.negotiable && <Fact name={t('column.price')}>{t('panel.negotiable')}</Fact>}
      <Fact name={t('column.watch')}>
        <Link href={`/watches/${match.watchId}`} className="text-wheat-ink underline underline-offset-3">
          {match.watchName}
        </Link>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

function Place({ match }: { match: MatchRow }) {
  const t = useTranslations('matches.panel')
  const { coordinates } = match.listing
  if (!coordinates) return placeOf(match)
  const { lat, lon, exact } = coordinates
  return (
    <>
      {placeOf(match)}{' '}
      <a
        href={`https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=${exact ? 16 : 13}/${lat}/${lon}`}
        target="_blank"
        rel="noopener noreferrer"
        className="inline-flex items-center gap-0.5 text-wheat-ink underline underline-offset-3"
      >
        <MapPin aria-hidden className="size-3.5" />
        {t('map')}
      </a>
    </>
  )
}
