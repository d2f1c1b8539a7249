'use client'

import { Pause, Pencil, Play, RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '@/ui/button'
import { late } from '@/ui/late'
import { LinkButton } from '@/ui/link-button'
import { PageHeader } from '@/ui/page-header'
import { StatusDot } from '@/ui/status-dot'
import { useHealthSentence } from './health-sentence'
import { useScanNow } from './use-scan-now'
import { useWatchActions } from './use-watch-actions'
import { WatchMenu } from './watch-menu'
import { stateLooks, watchState } from './watch-status'
import type { WatchView } from './watch-view'

const RenameDialog = late(() => import('./rename-dialog').then((module) => module.RenameDialog))

type WatchHeaderProps = { watch: WatchView; canWrite: boolean; children: ReactNode }

/** Name, health in a sentence, and what can be done. */
export function WatchHeader({ watch, canWrite, children }: WatchHeaderProps) {
  const t = useTranslations('watches')
  const health = useHealthSentence()
  const { scan, isScanning } = useScanNow(useMemo(() => [watch], [watch]))
  const scanning = isScanning(watch.id)
  const state = scanning ? 'new' : watchState(watch)
  return (
    <PageHeader
      back={{ href: '/watches', label: t('title') }}
      title={watch.name}
      mark={<StatusDot quiet {...stateLooks[state]} label={scanning ? t('state.scanning') : t(`state.${state}`)} />}
      summary={
        <span aria-live="polite">
          {scanning ? t('scan.now') : health.ofWatch(watch)}
          {!watch.notify && ` ${t('silent')}.`}
        </span>
      }
      actions={canWrite && <Actions watch={watch} scanning={scanning} onScan={() => scan(watch)} />}
    >
      {children}
    </PageHeader>
  )
}

function Actions({ watch, scanning, onScan }: { watch: WatchView; scanning: boolean; onScan: () => void }) {
  const t = useTranslations('watches.menu')
  const router = useRouter()
  const actions = useWatchActions()
  const [renaming, setRenaming] = useState(false)
  const paused = watch.pausedAt !== null
  function remove() {
    actions.remove(watch)
    router.push('/watches')
  }
  return (
    <>
      {paused ? (
        <Button icon={<Play aria-hidden />} onClick={() => actions.resume(watch)}>
          {t('resume')}
        </Button>
      ) : (
        <>
          <Button icon={<RefreshCw aria-hidden />} busy={scanning} onClick={onScan}>
            {t('scan')}
          </Button>
          <Button icon={<Pause aria-hidden />} onClick={() => actions.pause(watch)} className="max-sm:hidden">
            {t('pause')}
          </Button>
        </>
      )}
      <LinkButton href={`/watches/${watch.id}/edit`} icon={<Pencil aria-hidden />} className="max-sm:hidden">
        {t('edit')}
      </LinkButton>
      <WatchMenu
        watch={watch}
        shortcuts={false}
        onScan={onScan}
        onPause={() => actions.pause(watch)}
        onResume={() => actions.resume(watch)}
        onRename={() => setRenaming(true)}
        onDelete={remove}
      />
      {renaming && (
        <RenameDialog
          name={watch.name}
          onRename={(name) => actions.rename(watch, name)}
          onClose={() => setRenaming(false)}
        />
      )}
    </>
  )
}
