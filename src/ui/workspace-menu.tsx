'use client'

import { ChevronsUpDown, LogOut } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { LOCALES } from '@/i18n/locales'
import { cx } from './class-names'
import { Menu, type MenuEntry } from './menu'
import type { ShellActions, ShellData } from './shell-types'

type WorkspaceMenuProps = { data: ShellData; actions: ShellActions; side?: 'top' | 'bottom'; className?: string }

const THEMES = ['light', 'dark', 'system'] as const

/** Whose desk this is, and what belongs to the person at it: workspace, theme, language, sign out. */
export function WorkspaceMenu({ data, actions, side, className }: WorkspaceMenuProps) {
  const t = useTranslations('shell')
  const items = useWorkspaceEntries(data, actions)
  const trigger = (
    <button
      type="button"
      className={cx(
        'flex h-8 min-w-0 items-center gap-1 rounded-control px-2 text-left text-ink-2 hover:bg-hover pointer-coarse:h-10',
        className,
      )}
    >
      <span className="min-w-0 flex-1 truncate font-medium">{data.workspace.name}</span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
    </button>
  )
  return (
    <Menu
      label={t('workspace', { name: data.workspace.name })}
      items={items}
      trigger={trigger}
      align="start"
      side={side}
    />
  )
}

function useWorkspaceEntries(data: ShellData, actions: ShellActions): MenuEntry[] {
  const t = useTranslations('shell')
  const { theme, setTheme } = useTheme()
  const router = useRouter()
  const run = (deed: Promise<void> | undefined) => deed?.then(() => router.refresh())
  const others: MenuEntry[] = data.otherWorkspaces.map(({ id, name }) => ({
    label: name,
    // A whole load: nothing of the workspace that was left stays in memory.
    onSelect: () => actions.switchWorkspace?.(id).then(() => window.location.assign('/')),
  }))
  return [
    ...(others.length > 0
      ? [{ kind: 'heading' as const, label: t('switchTo') }, ...others, { kind: 'separator' as const }]
      : []),
    { kind: 'heading', label: t('theme.label') },
    ...THEMES.map((name) => ({ label: t(`theme.${name}`), checked: theme === name, onSelect: () => setTheme(name) })),
    { kind: 'separator' },
    { kind: 'heading', label: t('language.label') },
    ...LOCALES.map((locale) => ({
      label: t(`language.${locale}`),
      checked: data.locale === locale,
      onSelect: () => run(actions.chooseLanguage(locale)),
    })),
    { kind: 'separator' },
    { kind: 'heading', label: data.user.email || data.user.name },
    { label: t('signOut'), icon: <LogOut aria-hidden />, onSelect: () => run(actions.signOut()) },
  ]
}
