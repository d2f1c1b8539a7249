'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import type { PushAnswer } from '../schema'

/** What became of a page that was handed over. */
export function PushStored({ answer, onAgain }: { answer: PushAnswer; onAgain: () => void }) {
  const t = useTranslations('push.done')
  const { stored, updated, known, rejected } = answer
  return (
    <Card>
      <div role="status" className="flex flex-col gap-2">
        <h2 className="font-bold text-body">{t('title')}</h2>
        <p className="text-table">{t('line', { stored, updated, known })}</p>
        {rejected > 0 && <p className="text-ink-2 text-table">{t('rejected', { count: rejected })}</p>}
        <Button className="self-start" onClick={onAgain}>
          {t('again')}
        </Button>
      </div>
    </Card>
  )
}
