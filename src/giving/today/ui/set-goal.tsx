'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { late } from '@/ui/late'

const GoalDialog = late(() => import('./goal-dialog').then((module) => module.GoalDialog))

export function SetGoal() {
  const t = useTranslations('today.goal')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('change')}
      </Button>
      {open && <GoalDialog onClose={() => setOpen(false)} />}
    </>
  )
}
