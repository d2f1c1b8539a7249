'use client'

import { ExternalLink, Pause, Pencil, Play, RefreshCw, TextCursorInput, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Menu, type MenuEntry } from '@/ui/menu'
import type { WatchView } from './watch-view'

type WatchMenuProps = {
  watch: WatchView
  /** Whether the letters work here; they do on a row of the list. */
  shortcuts?: boolean
  onScan: () => void
  onPause: () => void
  onResume: () => void
  onRename: () => void
  onDelete: () => void
}

/** What can be done with a watch; its letters work on the focused row. */
export function WatchMenu(props: WatchMenuProps) {
  const { watch, shortcuts = true, onScan, onPause, onResume, onRename, onDelete } = props
  const t = useTranslations('watches.menu')
  const paused = watch.pausedAt !== null
  const key = (letter: string) => (shortcuts ? letter : undefined)
  const items: MenuEntry[] = [
    { label: t('scan'), icon: <RefreshCw aria-hidden />, shortcut: key('S'), disabled: paused, onSelect: onScan },
    paused
      ? { label: t('resume'), icon: <Play aria-hidden />, shortcut: key('P'), onSelect: onResume }
      : { label: t('pause'), icon: <Pause aria-hidden />, shortcut: key('P'), onSelect: onPause },
    { label: t('rename'), icon: <TextCursorInput aria-hidden />, shortcut: key('R'), onSelect: onRename },
    { label: t('edit'), icon: <Pencil aria-hidden />, shortcut: key('E'), href: `/watches/${watch.id}/edit` },
    { kind: 'separator' },
    ...watch.searches.slice(0, 3).map((search) => ({
      label: t('open', { source: search.sourceName }),
      icon: <ExternalLink aria-hidden />,
      onSelect: () => window.open(search.url, '_blank', 'noopener,noreferrer'),
    })),
    { kind: 'separator' },
    { label: t('delete'), icon: <Trash2 aria-hidden />, shortcut: key('Del'), danger: true, onSelect: onDelete },
  ]
  return <Menu label={t('label', { name: watch.name })} items={items} />
}
