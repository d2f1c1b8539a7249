'use client'

import { Mail } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { late } from '@/ui/late'

const EmailDialog = late(() => import('./email-dialog').then((module) => module.EmailDialog))

export function AddEmail() {
  const t = useTranslations('channels.email')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<Mail aria-hidden />} onClick={() => setOpen(true)}>
        {t('add')}
      </Button>
      {open && <EmailDialog onClose={() => setOpen(false)} />}
    </>
  )
}
