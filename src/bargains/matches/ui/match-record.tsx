'use client'

import { useTranslations } from 'next-intl'
import { MatchTag } from '@/ui/match-tag'
import type { ShownMatch } from '../schema'
import { AdvertWords } from './advert-words'
import { LinkedAdverts } from './linked-adverts'
import { MatchFacts } from './match-facts'
import { MatchNote } from './match-note'
import { MatchPhotos } from './match-photos'
import { MatchReasons } from './match-reasons'
import { tagsOf } from './match-view'
import { PriceHistory } from './price-history'
import { RecordPart } from './record-part'
import { SellerWrote } from './seller-wrote'

/** Everything about one match: pictures, facts, prices, why it is here, and the member's own words. */
export function MatchRecord({ match, canWrite }: { match: ShownMatch; canWrite: boolean }) {
  const t = useTranslations('matches.panel')
  const tags = tagsOf(match)
  return (
    <div className="flex flex-col gap-5">
      <MatchPhotos photos={match.listing.photos} title={match.listing.title} />
      {tags.length > 0 && (
        <div className="-mt-2 flex flex-wrap gap-1">
          {tags.map((kind) => (
            <MatchTag key={kind} kind={kind} />
          ))}
        </div>
      )}
      <MatchFacts match={match} />
      <MatchNote id={match.id} note={match.note} readOnly={!canWrite} />
      <RecordPart title={t('prices')}>
        <PriceHistory match={match} />
      </RecordPart>
      {match.linked.length > 0 && (
        <RecordPart title={t('linked')}>
          <LinkedAdverts linked={match.linked} readOnly={!canWrite} />
        </RecordPart>
      )}
      <RecordPart title={t('reasons')}>
        <MatchReasons reasons={match.reasons} />
      </RecordPart>
      <AdvertWords match={match} />
      {match.snapshots.length > 0 && (
        <RecordPart title={t('wrote')}>
          <SellerWrote match={match} />
        </RecordPart>
      )}
    </div>
  )
}
