'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from './class-names'
import type { DialogContent } from './dialog'
import { dialogStyles, scrimStyles } from './dialog-styles'
import { IconButton } from './icon-button'

type DialogPopupProps = DialogContent & { open: boolean; onOpenChange: (open: boolean) => void }

export function DialogPopup(props: DialogPopupProps) {
  const { open, onOpenChange, title, description, footer, onSubmit, wide, children } = props
  const t = useTranslations('ui')
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={scrimStyles} />
        <Base.Popup data-keys="off" className={cx(dialogStyles, wide && 'max-w-180')}>
          <Body onSubmit={onSubmit}>
            <div className="px-5 pt-4 pr-12">
              <Base.Title className="font-bold text-touch">{title}</Base.Title>
              {description && <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>}
            </div>
            {children && <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>}
            {footer && <div className="flex flex-wrap justify-end gap-2 px-5 pt-1 pb-4">{footer}</div>}
          </Body>
          {/* Last in the order, so that the focus begins at the first field. */}
          <div className="absolute top-3 right-3">
            <Base.Close render={<IconButton size="small" label={t('close')} icon={<X aria-hidden />} />} />
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Body({ onSubmit, children }: Pick<DialogContent, 'onSubmit' | 'children'>) {
  const look = 'flex min-h-0 flex-col'
  if (!onSubmit) return <div className={look}>{children}</div>
  return (
    <form className={look} onSubmit={onSubmit} noValidate>
      {children}
    </form>
  )
}
