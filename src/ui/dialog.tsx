'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { FormEventHandler, ReactElement, ReactNode } from 'react'
import { cx } from './class-names'
import { IconButton } from './icon-button'

export const scrimStyles =
  'fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0'

export const dialogStyles =
  'fixed inset-x-4 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-48px)] max-w-120 -translate-y-1/2 flex-col rounded-card border border-line bg-raised shadow-lift outline-none transition-[opacity,scale] ease-out data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0'

type DialogProps = {
  title: string
  description?: ReactNode
  /** Buttons at the end: the main one last. */
  footer?: ReactNode
  /** Opens it, where nothing else does. */
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Makes the whole dialog a form, so that Enter saves. */
  onSubmit?: FormEventHandler<HTMLFormElement>
  wide?: boolean
  children?: ReactNode
}

/** Opens in the middle, keeps the focus, closes with Esc. Uncontrolled with `trigger`, else by `open`. */
export function Dialog({
  title,
  description,
  footer,
  trigger,
  open,
  onOpenChange,
  onSubmit,
  wide,
  children,
}: DialogProps) {
  const t = useTranslations('ui')
  return (
    <Base.Root open={open} onOpenChange={onOpenChange && ((next) => onOpenChange(next))}>
      {trigger && <Base.Trigger render={trigger} />}
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

function Body({ onSubmit, children }: Pick<DialogProps, 'onSubmit' | 'children'>) {
  const look = 'flex min-h-0 flex-col'
  if (!onSubmit) return <div className={look}>{children}</div>
  return (
    <form className={look} onSubmit={onSubmit} noValidate>
      {children}
    </form>
  )
}
