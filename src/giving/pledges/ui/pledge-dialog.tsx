'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'

type PledgeDialogProps = {
  title: string
  description: string
  confirm: string
  busy: boolean
  /** What was refused and belongs to no field. */
  failure: string | undefined
  onSave: () => void
  onClose: () => void
  children: ReactNode
}

/** A question about a pledge: fields, what was refused, two buttons. */
export function PledgeDialog({ confirm, busy, failure, onSave, onClose, children, ...rest }: PledgeDialogProps) {
  const t = useTranslations('pledges.form')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      {...rest}
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {children}
        {failure && (
          <p role="alert" className="text-bad-ink text-table">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  )
}
