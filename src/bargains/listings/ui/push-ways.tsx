'use client'

import { Bookmark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { buttonStyles } from '@/ui/button'
import { bookmarkletFor } from '../rules-bookmarklet'

/** The bookmark, to be dragged where the browser keeps them. */
export function PushWays() {
  const t = useTranslations('push.way')
  const link = useRef<HTMLAnchorElement>(null)
  // React refuses such an address as a property; a click on it here does nothing, for our pages run no foreign code.
  useEffect(() => link.current?.setAttribute('href', bookmarkletFor(window.location.origin)), [])
  return (
    <div className="flex flex-col gap-2">
      <p className="text-table">{t('drag')}</p>
      <a
        ref={link}
        href="/push"
        className={buttonStyles({ className: 'self-start' })}
        onClick={(event) => event.preventDefault()}
      >
        <Bookmark aria-hidden />
        {t('name')}
      </a>
      <p className="text-ink-2 text-table">{t('use')}</p>
      <p className="text-ink-3 text-meta">{t('none')}</p>
    </div>
  )
}
