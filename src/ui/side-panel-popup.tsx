'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { ChevronLeft, ChevronRight, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { cx } from './class-names'
import { IconButton } from './icon-button'
import type { SidePanelProps } from './side-panel'
import { useShortcut } from './use-shortcut'

export function SidePanelPopup(props: SidePanelProps) {
  const { open, onClose, title, subtitle, onPrevious, onNext, actions, footer, children } = props
  const popup = useRef<HTMLDivElement>(null)
  useShortcut('ArrowLeft', () => onPrevious?.(), { enabled: open && Boolean(onPrevious), first: true })
  useShortcut('ArrowRight', () => onNext?.(), { enabled: open && Boolean(onNext), first: true })
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 sm:hidden" />
        <Base.Popup ref={popup} initialFocus={popup} className={panelStyles}>
          <div className="flex items-start gap-2 border-line border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="line-clamp-2 font-bold text-touch">{title}</Base.Title>
              {subtitle && <div className="mt-0.5 text-ink-3 text-table">{subtitle}</div>}
            </div>
            <PanelButtons actions={actions} onPrevious={onPrevious} onNext={onNext} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-4">{children}</div>
          {footer && <div className="flex flex-wrap gap-2 border-line border-t px-4 py-3">{footer}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

const panelStyles = cx(
  'fixed z-35 flex flex-col border-line bg-raised shadow-lift outline-none transition-transform duration-150 ease-out',
  'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-card border-t data-ending-style:translate-y-full data-starting-style:translate-y-full',
  'sm:inset-x-auto sm:inset-y-0 sm:right-0 sm:max-h-none sm:w-panel sm:rounded-none sm:border-t-0 sm:border-l',
  'sm:data-ending-style:translate-x-full sm:data-ending-style:translate-y-0 sm:data-starting-style:translate-x-full sm:data-starting-style:translate-y-0',
)

function PanelButtons({ actions, onPrevious, onNext }: Pick<SidePanelProps, 'actions' | 'onPrevious' | 'onNext'>) {
  const t = useTranslations('ui')
  const hasNeighbours = Boolean(onPrevious || onNext)
  return (
    <div className="-mr-2 flex shrink-0 items-center">
      {actions}
      {hasNeighbours && (
        <>
          <IconButton
            size="small"
            label={t('previous')}
            shortcut="←"
            icon={<ChevronLeft aria-hidden />}
            onClick={onPrevious}
            disabled={!onPrevious}
          />
          <IconButton
            size="small"
            label={t('next')}
            shortcut="→"
            icon={<ChevronRight aria-hidden />}
            onClick={onNext}
            disabled={!onNext}
          />
        </>
      )}
      <Base.Close render={<IconButton size="small" label={t('close')} shortcut="Esc" icon={<X aria-hidden />} />} />
    </div>
  )
}
