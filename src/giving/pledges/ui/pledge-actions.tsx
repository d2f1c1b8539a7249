'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { late } from '@/ui/late'
import { Menu, type MenuEntry } from '@/ui/menu'
import { useToast } from '@/ui/toast'
import { useRefreshGifts } from '../../gifts/ui/use-gift-list'
import type { ShownPledge } from '../schema'

const TermsDialog = late(() => import('./terms-dialog').then((module) => module.TermsDialog))
const PauseDialog = late(() => import('./pause-dialog').then((module) => module.PauseDialog))
const EndDialog = late(() => import('./end-dialog').then((module) => module.EndDialog))
const CancelDialog = late(() => import('./cancel-dialog').then((module) => module.CancelDialog))

type Doing = 'terms' | 'pause' | 'end' | 'cancel' | 'complete' | null

/** What can be done with a pledge as it stands. */
export function PledgeActions({ pledge }: { pledge: ShownPledge }) {
  const t = useTranslations('pledges')
  const [doing, setDoing] = useState<Doing>(null)
  const { resume, complete, reopen } = useQuickActions(pledge)
  const stop = () => setDoing(null)
  if (pledge.cancelledOn || pledge.completedOn) return <Button onClick={reopen}>{t('action.reopen')}</Button>
  const items: MenuEntry[] = [
    { label: t('action.end'), onSelect: () => setDoing('end') },
    { label: t('action.complete'), onSelect: () => setDoing('complete') },
    { label: t('action.cancel'), danger: true, onSelect: () => setDoing('cancel') },
  ]
  const isPaused = pledge.state === 'paused'
  return (
    <>
      <Button onClick={() => setDoing('terms')}>{t('action.terms')}</Button>
      <Button onClick={isPaused ? resume : () => setDoing('pause')}>
        {t(isPaused ? 'action.resume' : 'action.pause')}
      </Button>
      <Menu label={t('action.more')} items={items} />
      {doing === 'terms' && <TermsDialog pledge={pledge} onClose={stop} />}
      {doing === 'pause' && <PauseDialog pledge={pledge} onClose={stop} />}
      {doing === 'end' && <EndDialog pledge={pledge} onClose={stop} />}
      {doing === 'cancel' && <CancelDialog pledge={pledge} onClose={stop} />}
      <ConfirmDialog
        open={doing === 'complete'}
        onOpenChange={(open) => !open && stop()}
        title={t('complete.title')}
        description={t('complete.description')}
        confirm={t('action.complete')}
        danger={false}
        onConfirm={complete}
      />
    </>
  )
}

/** What needs no more than a click; what can be undone is, from the toast. */
function useQuickActions({ id, version }: ShownPledge) {
  const t = useTranslations('pledges.done')
  const [trpc, toast, refresh] = [useTRPC(), useToast(), useRefreshGifts()]
  const options = { onSettled: refresh }
  const resuming = useMutation(trpc.pledges.resume.mutationOptions(options))
  const completing = useMutation(trpc.pledges.complete.mutationOptions(options))
  const reopening = useMutation(trpc.pledges.reopen.mutationOptions(options))
  const reopen = () => reopening.mutate({ id }, { onSuccess: () => toast.done(t('reopened')) })
  return {
    reopen,
    resume: () => resuming.mutate({ id, version }, { onSuccess: () => toast.done(t('resumed')) }),
    complete: async () => {
      await completing.mutateAsync({ id, version })
      toast.done(t('completed'), { onUndo: reopen })
    },
  }
}
