'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { late } from './late'
import { ShellBottomBar } from './shell-bottom-bar'
import { currentEntry, mainCreation } from './shell-choices'
import { ShellSidebar } from './shell-sidebar'
import { ShellTopBar } from './shell-top-bar'
import type { FoundRecord, ShellActions, ShellCreation, ShellData, ShellEntry } from './shell-types'
import { SkipLink } from './skip-link'
import { useShellKeys } from './use-shell-keys'

const CommandPalette = late(() => import('./command-palette').then((module) => module.CommandPalette))
const ShortcutSheet = late(() => import('./shortcut-sheet').then((module) => module.ShortcutSheet))

type ShellProps = {
  data: ShellData
  entries: readonly ShellEntry[]
  /** The first is the main one where the page has none of its own. */
  creations: readonly ShellCreation[]
  actions: ShellActions
  /** Finds records for the palette, beside pages and deeds. */
  findRecords?: (query: string) => Promise<readonly FoundRecord[]>
  children: ReactNode
}

type Layer = 'palette' | 'shortcuts' | null

/** The frame of every page for members: navigation, palette, shortcuts, and the content in its one column. */
export function Shell({ data, entries, creations, actions, findRecords, children }: ShellProps) {
  const t = useTranslations('shell')
  const [layer, setLayer] = useState<Layer>(null)
  const current = currentEntry(entries, usePathname())
  const creation = mainCreation(creations, current)
  useShellKeys({ entries, creation, onPalette: () => setLayer('palette'), onHelp: () => setLayer('shortcuts') })
  const close = (open: boolean) => !open && setLayer(null)
  return (
    <div className="flex min-h-dvh">
      <SkipLink label={t('skip')} />
      <ShellSidebar data={data} entries={entries} current={current} actions={actions} />
      <div className="flex min-w-0 flex-1 flex-col">
        <ShellTopBar
          data={data}
          actions={actions}
          home={entries[0]?.href ?? '/'}
          creation={creation}
          onPalette={() => setLayer('palette')}
        />
        <main
          id="content"
          tabIndex={-1}
          className="w-full max-w-[calc(var(--container-content)+48px)] flex-1 px-6 py-5 outline-none max-sm:px-4 max-sm:pb-36"
        >
          {children}
        </main>
      </div>
      <ShellBottomBar entries={entries} current={current} creation={creation} />
      {layer === 'palette' && (
        <CommandPalette
          open
          onOpenChange={close}
          entries={entries}
          creations={creations}
          actions={actions}
          findRecords={findRecords}
          onShortcuts={() => setLayer('shortcuts')}
        />
      )}
      {layer === 'shortcuts' && <ShortcutSheet open onOpenChange={close} entries={entries} />}
    </div>
  )
}
