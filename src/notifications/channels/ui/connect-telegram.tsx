'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Send, Users } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { CopyField } from '@/ui/copy-field'
import { Dialog } from '@/ui/dialog'
import { ErrorState } from '@/ui/error-state'
import { LinkButton } from '@/ui/link-button'
import { Spinner } from '@/ui/spinner'
import { useToast } from '@/ui/toast'

export function ConnectTelegram({ primary = false }: { primary?: boolean }) {
  const t = useTranslations('channels.telegram')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant={primary ? 'primary' : 'secondary'} icon={<Send aria-hidden />} onClick={() => setOpen(true)}>
        {t('connect')}
      </Button>
      {open && <TelegramDialog onClose={() => setOpen(false)} />}
    </>
  )
}

/** Makes a link when it opens, and closes by itself when the chat has appeared. */
function TelegramDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('channels.telegram')
  const start = useMutation(useTRPC().channels.startTelegramLink.mutationOptions({ meta: { quiet: true } }))
  const { mutate } = start
  useEffect(() => mutate(), [mutate])
  useClosedByUse(start.data?.id, onClose)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')}>
      {start.isError && <ErrorState title={t('failed')} description={start.error.message} onRetry={() => mutate()} />}
      {start.isPending && (
        <p className="flex items-center gap-2 text-ink-2">
          <Spinner /> {t('making')}
        </p>
      )}
      {start.data && <LinkSteps {...start.data} />}
    </Dialog>
  )
}

type Link = { readonly url: string; readonly groupUrl: string; readonly expiresAt: Date }

function LinkSteps({ url, groupUrl, expiresAt }: Link) {
  const t = useTranslations('channels.telegram')
  const format = useFormatter()
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">{t('how', { time: format.dateTime(expiresAt, { timeStyle: 'short' }) })}</p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={url} target="_blank" variant="primary" icon={<Send aria-hidden />}>
          {t('open')}
        </LinkButton>
        <LinkButton href={groupUrl} target="_blank" icon={<Users aria-hidden />}>
          {t('group')}
        </LinkButton>
      </div>
      <CopyField label={t('link')} value={url} />
      <p role="status" className="flex items-center gap-2 text-ink-2 text-table">
        <Spinner /> {t('waiting')}
      </p>
    </div>
  )
}

const LOOK_MS = 3000

/**
 * The page's live notes make the link be read again. They are not relied on: while the dialog waits in a page that is
 * seen it asks by itself too, for a chat linked while the stream still connects is told to nobody.
 */
function useClosedByUse(id: string | undefined, onClose: () => void): void {
  const t = useTranslations('channels.telegram')
  const [toast, trpc, queries] = [useToast(), useTRPC(), useQueryClient()]
  const options = trpc.channels.telegramLink.queryOptions({ id: id ?? '' }, { enabled: Boolean(id), staleTime: 0 })
  const { data } = useQuery({ ...options, refetchInterval: (query) => (query.state.data?.used ? false : LOOK_MS) })
  useEffect(() => {
    if (!data?.used) return
    void queries.invalidateQueries(trpc.channels.list.queryFilter())
    toast.done(t('connected'))
    onClose()
  }, [data?.used, onClose, queries, t, toast, trpc])
}
