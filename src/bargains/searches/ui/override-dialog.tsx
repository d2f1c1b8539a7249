'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Textarea } from '@/ui/textarea'

const SHORTEST = 5
const LONGEST = 500

/** Asks for the reason that is kept and shown. */
export function OverrideDialog({ host, onGive }: { host: string; onGive: (reason: string) => void }) {
  const t = useTranslations('sources.robots')
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = reason.trim().length < SHORTEST
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="small">{t('override')}</Button>}
      title={t('title', { host })}
      description={t('description')}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (missing) return
        onGive(reason.trim())
        setOpen(false)
      }}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
          <Button type="submit" variant="primary">
            {t('override')}
          </Button>
        </>
      }
    >
      <Field label={t('reason')} error={tried && missing ? t('reasonMissing') : undefined}>
        <Textarea
          rows={3}
          value={reason}
          maxLength={LONGEST}
          placeholder={t('reasonPlaceholder')}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </Dialog>
  )
}
