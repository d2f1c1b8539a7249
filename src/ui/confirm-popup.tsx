'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from './button'
import type { ConfirmContent } from './confirm-dialog'
import { dialogStyles, scrimStyles } from './dialog-styles'

type ConfirmPopupProps = ConfirmContent & { open: boolean; onOpenChange: (open: boolean) => void }

export function ConfirmPopup(props: ConfirmPopupProps) {
  const { open, onOpenChange, title, description, confirm, onConfirm, danger = true } = props
  const t = useTranslations('ui')
  const [busy, setBusy] = useState(false)
  async function run() {
    setBusy(true)
    try {
      await onConfirm()
      onOpenChange(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={scrimStyles} />
        <Base.Popup data-keys="off" className={dialogStyles}>
          <div className="px-5 pt-4 pb-3">
            <Base.Title className="font-bold text-touch">{title}</Base.Title>
            <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>
          </div>
          <div className="flex flex-wrap justify-end gap-2 px-5 pt-1 pb-4">
            <Base.Close render={<Button>{t('cancel')}</Button>} />
            <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={run}>
              {confirm}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
