'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Keyboard, LogOut, Moon, Plus, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { type ReactNode, useEffect, useState } from 'react'
import { cx } from './class-names'
import { scrimStyles } from './dialog-styles'
import { Kbd } from './kbd'
import type { FoundRecord, ShellActions, ShellCreation, ShellEntry } from './shell-types'

type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  entries: readonly ShellEntry[]
  creations: readonly ShellCreation[]
  actions: ShellActions
  findRecords?: ((query: string) => Promise<readonly FoundRecord[]>) | undefined
  onShortcuts: () => void
}

/** Everything that can be reached or done, by typing a few letters of it. */
export function CommandPalette(props: CommandPaletteProps) {
  const { open, onOpenChange, entries, creations, actions, findRecords, onShortcuts } = props
  const t = useTranslations('ui')
  const shell = useTranslations('shell')
  const router = useRouter()
  const { resolvedTheme, setTheme } = useTheme()
  const [query, setQuery] = useState('')
  const records = useRecords(query, findRecords)
  function then(deed: () => void) {
    return () => {
      onOpenChange(false)
      deed()
    }
  }
  const go = (href: string) => then(() => router.push(href))
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={scrimStyles} />
        <Dialog.Popup data-keys="off" aria-label={t('palette.label')} className={paletteStyles}>
          <Command loop label={t('palette.label')} className="flex min-h-0 flex-col">
            <Command.Input
              value={query}
              onValueChange={setQuery}
              placeholder={t('palette.placeholder')}
              className="h-12 w-full border-line border-b bg-transparent px-4 text-touch outline-none"
            />
            <Command.List className="min-h-0 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-ink-3">
                {t('palette.empty', { query })}
              </Command.Empty>
              {records.map((record) => (
                <Entry
                  key={record.id}
                  value={`${record.label} ${record.id}`}
                  force
                  onSelect={go(record.href)}
                  hint={record.hint}
                >
                  {record.label}
                </Entry>
              ))}
              <Group heading={t('palette.go')}>
                {entries.map((entry) => (
                  <Entry
                    key={entry.id}
                    icon={entry.icon}
                    keys={`G ${entry.key.toUpperCase()}`}
                    onSelect={go(entry.href)}
                  >
                    {entry.label}
                  </Entry>
                ))}
              </Group>
              <Group heading={t('palette.create')}>
                {creations.map((creation, place) => (
                  <Entry
                    key={creation.href}
                    icon={<Plus aria-hidden />}
                    keys={place === 0 ? 'C' : undefined}
                    onSelect={go(creation.href)}
                  >
                    {creation.label}
                  </Entry>
                ))}
              </Group>
              <Group heading={t('palette.do')}>
                <Entry
                  icon={resolvedTheme === 'dark' ? <Sun aria-hidden /> : <Moon aria-hidden />}
                  onSelect={then(() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'))}
                >
                  {`${shell('theme.label')}: ${shell(resolvedTheme === 'dark' ? 'theme.light' : 'theme.dark')}`}
                </Entry>
                <Entry icon={<Keyboard aria-hidden />} keys="?" onSelect={onShortcuts}>
                  {t('shortcuts.open')}
                </Entry>
                <Entry icon={<LogOut aria-hidden />} onSelect={then(() => void actions.signOut())}>
                  {shell('signOut')}
                </Entry>
              </Group>
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const paletteStyles =
  'fixed inset-x-4 top-[12dvh] z-50 mx-auto flex max-h-[70dvh] max-w-140 flex-col overflow-hidden rounded-card border border-line bg-raised shadow-lift outline-none transition-[opacity,scale] duration-100 ease-out data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0'

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-meta"
    >
      {children}
    </Command.Group>
  )
}

type EntryProps = {
  icon?: ReactNode
  keys?: string | undefined
  hint?: string | undefined
  value?: string
  /** Found by the server: cmdk's own filter must not drop it. */
  force?: boolean
  onSelect: () => void
  children: string
}

function Entry({ icon, keys, hint, value, force, onSelect, children }: EntryProps) {
  return (
    <Command.Item
      value={value ?? children}
      forceMount={force}
      onSelect={onSelect}
      className={cx(
        'flex h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 text-ink aria-selected:bg-hover pointer-coarse:h-11',
        '[&_svg]:size-4 [&_svg]:stroke-[1.75] [&_svg]:text-ink-3',
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="truncate text-ink-3 text-table">{hint}</span>}
      {keys && <Kbd keys={keys} />}
    </Command.Item>
  )
}

const PAUSE_MS = 150
const LEAST_LETTERS = 2

/** Asked once the typing pauses; an answer that comes late for an older query is dropped. */
function useRecords(query: string, find: CommandPaletteProps['findRecords']): readonly FoundRecord[] {
  const [records, setRecords] = useState<readonly FoundRecord[]>([])
  useEffect(() => {
    if (!find || query.trim().length < LEAST_LETTERS) return setRecords([])
    let late = false
    const timer = setTimeout(() => void find(query.trim()).then((found) => late || setRecords(found)), PAUSE_MS)
    return () => {
      late = true
      clearTimeout(timer)
    }
  }, [query, find])
  return records
}
