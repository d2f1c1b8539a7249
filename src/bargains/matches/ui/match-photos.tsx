'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { cx } from '@/ui/class-names'
import { Photo } from '@/ui/photo'

const MOST = 12

/** One large, the others to choose from. */
export function MatchPhotos({ photos, title }: { photos: readonly string[]; title: string }) {
  const t = useTranslations('matches.panel')
  const [chosen, setChosen] = useState(0)
  const shown = photos.slice(0, MOST)
  return (
    <div className="flex flex-col gap-1.5">
      <Photo
        src={shown[chosen]}
        alt={t('photo', { title, place: chosen + 1, count: shown.length })}
        size="wide"
        className="object-contain"
      />
      {shown.length > 1 && (
        <div className="flex flex-wrap gap-1">
          {shown.map((photo, place) => (
            <button
              key={photo}
              type="button"
              aria-label={t('showPhoto', { place: place + 1 })}
              aria-pressed={place === chosen}
              onClick={() => setChosen(place)}
              className={cx('rounded-control', place === chosen && 'outline-2 outline-wheat')}
            >
              <Photo src={photo} alt="" className="size-11 sm:size-11" />
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
