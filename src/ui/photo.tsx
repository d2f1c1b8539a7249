'use client'

import { ImageOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { cx } from './class-names'

type PhotoProps = {
  src: string | null | undefined
  /** Empty where the title stands beside it, as in a list. */
  alt: string
  size?: 'small' | 'medium' | 'wide'
  className?: string
}

const sizes = { small: 'size-12 sm:size-14', medium: 'size-24', wide: 'aspect-4/3 w-full' }

/**
 * A picture of a thing for sale: small, of a fixed shape, never in the way. The marketplace is not told which page it is on;
 * where it cannot be had, a quiet sign stands in its place.
 */
export function Photo({ src, alt, size = 'small', className }: PhotoProps) {
  const t = useTranslations('ui.photo')
  const [broken, setBroken] = useState<string | null>(null)
  const look = cx(
    'block shrink-0 overflow-hidden rounded-control border border-line bg-well object-cover',
    sizes[size],
    className,
  )
  if (!src || broken === src) {
    return (
      <span role="img" aria-label={t('missing')} className={cx(look, 'flex items-center justify-center text-ink-3')}>
        <ImageOff aria-hidden className="size-4 stroke-[1.5]" />
      </span>
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: pictures of other hosts; our server must not fetch them
    <img
      src={src}
      alt={alt}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      draggable={false}
      onError={() => setBroken(src)}
      className={look}
    />
  )
}
