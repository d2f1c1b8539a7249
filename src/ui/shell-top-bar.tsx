'use client'

import { Plus, Search } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Brand } from './brand'
import { Kbd } from './kbd'
import { LinkButton } from './link-button'
import type { ShellActions, ShellCreation, ShellData } from './shell-types'
import { WorkspaceMenu } from './workspace-menu'

type TopBarProps = {
  data: ShellData
  actions: ShellActions
  home: string
  creation: ShellCreation | null
  onPalette: () => void
}

export function ShellTopBar({ data, actions, home, creation, onPalette }: TopBarProps) {
  const t = useTranslations('ui.palette')
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-20 flex h-12 items-center gap-2 border-line border-b bg-paper px-6 max-sm:px-3"
    >
      <Link href={home} className="hidden size-10 items-center justify-center max-sm:flex">
        <Brand />
        <span className="sr-only">{data.workspace.name}</span>
      </Link>
      <div className="min-w-0 max-w-48 sm:hidden">
        <WorkspaceMenu data={data} actions={actions} className="max-w-full" />
      </div>
      <button
        type="button"
        onClick={onPalette}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-8 items-center gap-2 rounded-control border border-line bg-card pr-1.5 pl-2.5 text-ink-3 transition-colors hover:border-line-strong hover:text-ink-2 max-sm:ml-auto max-sm:size-10 max-sm:justify-center max-sm:border-0 max-sm:bg-transparent max-sm:p-0 sm:w-72"
      >
        <Search aria-hidden className="size-4 stroke-[1.75] max-sm:size-5" />
        <span className="flex-1 text-left max-sm:sr-only">{t('label')}</span>
        <span className="max-sm:hidden">
          <Kbd keys="Mod K" />
        </span>
      </button>
      {creation && (
        <div className="ml-auto max-sm:hidden">
          <LinkButton href={creation.href} variant="primary" icon={<Plus aria-hidden />}>
            {creation.label}
          </LinkButton>
        </div>
      )}
    </header>
  )
}
