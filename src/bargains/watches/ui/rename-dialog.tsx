'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'

type RenameDialogProps = {
  name: string
  onRename: (name: string) => void
  onClose: () => void
}

const LONGEST = 120

export function RenameDialog({ name, onRename, onClose }: RenameDialogProps) {
  const t = useTranslations('watches.rename')
  const [draft, setDraft] = useState(name)
  const empty = draft.trim() === ''
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      onSubmit={(event) => {
        event.preventDefault()
        if (empty) return
        onRename(draft.trim())
        onClose()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary">
            {t('save')}
          </Button>
        </>
      }
    >
      <Field label={t('label')} error={empty ? t('empty') : undefined}>
        <Input autoFocus value={draft} maxLength={LONGEST} onChange={(event) => setDraft(event.target.value)} />
      </Field>
    </Dialog>
  )
}
