'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { useTranslations } from 'next-intl'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Button } from './button'
import { dialogStyles, scrimStyles } from './dialog'

type ConfirmDialogProps = {
  title: string
  /** What will happen, and what stays. */
  description: ReactNode
  /** The verb: "Delete watch", never "OK". */
  confirm: string
  /** May take its time: the button shows it, and the dialog closes after. When it throws, the dialog stays open. */
  onConfirm: () => unknown
  danger?: boolean
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Only for what cannot be undone; whatever can be undone is done at once, with a toast that undoes it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, confirm, onConfirm, danger = true, trigger, open, onOpenChange } = props
  const t = useTranslations('ui')
  const [ownOpen, setOwnOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const setOpen = onOpenChange ?? setOwnOpen
  async function run() {
    setBusy(true)
    try {
      await onConfirm()
      setOpen(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Base.Root open={open ?? ownOpen} onOpenChange={(next) => setOpen(next)}>
      {trigger && <Base.Trigger render={trigger} />}
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
