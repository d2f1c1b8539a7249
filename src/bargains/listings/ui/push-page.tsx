'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useTRPC } from '@/trpc/client'
import { Card } from '@/ui/card'
import { ErrorState } from '@/ui/error-state'
import { Spinner } from '@/ui/spinner'
import type { PushedPage } from '../schema'
import { packPage } from './pack-page'
import { PushFile } from './push-file'
import { PushRead } from './push-read'
import { PushStored } from './push-stored'
import { PushWays } from './push-ways'
import { useHandedPage } from './use-handed-page'

/** A page comes from the window that opened this one or from a file; it is read, shown, and stored when the member says so. */
export function PushPage() {
  const t = useTranslations('push')
  const handed = useHandedPage()
  const push = usePush()
  const { mutate } = push.reading
  const page = handed.kind === 'page' ? handed.page : null
  useEffect(() => {
    if (page) void packPage(page.url, page.html).then((packed) => mutate(packed))
  }, [page, mutate])
  if (push.storing.data) return <PushStored answer={push.storing.data} onAgain={push.reset} />
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <div aria-live="polite">
        {handed.kind === 'waiting' && <Waiting text={t('waiting')} />}
        {push.reading.isPending && <Waiting text={t('reading')} />}
        {(handed.kind === 'lost' || handed.kind === 'refused') && !push.reading.data && <p>{t(handed.kind)}</p>}
        {push.reading.isError && <ErrorState description={push.reading.error.message} />}
        {push.reading.data && <PushRead read={push.reading.data} storing={push.storing} onStore={push.store} />}
      </div>
      {!push.reading.data && (
        <>
          <Card title={t('way.title')}>
            <PushWays />
          </Card>
          <Card title={t('file.title')}>
            <PushFile busy={push.reading.isPending} onPage={(packed) => mutate(packed)} />
          </Card>
        </>
      )}
    </div>
  )
}

function Waiting({ text }: { text: string }) {
  return (
    <p className="flex items-center gap-2 text-table">
      <Spinner />
      {text}
    </p>
  )
}

function usePush() {
  const trpc = useTRPC()
  const reading = useMutation(trpc.listings.readPage.mutationOptions())
  const storing = useMutation(trpc.listings.storePage.mutationOptions())
  const page: PushedPage | undefined = reading.variables
  return {
    reading,
    storing,
    store: () => page && storing.mutate(page),
    reset: () => {
      reading.reset()
      storing.reset()
    },
  }
}
