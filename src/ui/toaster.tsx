'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Toaster as Base } from 'sonner'

/** `onReady` is told when it stands in the page. */
export function Toaster({ onReady }: { onReady: () => void }) {
  useEffect(onReady, [onReady])
  const t = useTranslations('ui')
  return (
    <Base
      position="bottom-left"
      offset={{ left: 232, bottom: 24 }}
      mobileOffset={{ left: 16, right: 16, bottom: 84 }}
      containerAriaLabel={t('notices')}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: t('close'),
        classNames: {
          toast:
            'flex w-full items-center font-sans gap-2.5 rounded-card border border-line bg-raised px-3.5 py-2.5 text-body text-ink shadow-lift sm:w-90',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-ink-2 text-table',
          actionButton:
            'h-7 shrink-0 rounded-control px-2 font-medium text-table text-wheat-ink hover:bg-hover pointer-coarse:h-10',
        },
      }}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-good" />,
        error: <CircleAlert aria-hidden className="size-4 text-bad" />,
      }}
    />
  )
}
