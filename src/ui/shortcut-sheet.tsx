'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from './dialog'
import { Kbd } from './kbd'
import type { ShellEntry } from './shell-types'

type ShortcutSheetProps = { open: boolean; onOpenChange: (open: boolean) => void; entries: readonly ShellEntry[] }

/** All keys on one page, made from the navigation itself. */
export function ShortcutSheet({ open, onOpenChange, entries }: ShortcutSheetProps) {
  const t = useTranslations('ui.shortcuts')
  const groups = [
    {
      title: t('everywhere'),
      keys: [
        ['Mod K', t('palette')],
        ['C', t('create')],
        ['/', t('search')],
        ['?', t('help')],
      ],
    },
    { title: t('goTo'), keys: entries.map((entry) => [`G ${entry.key.toUpperCase()}`, entry.label]) },
    {
      title: t('lists'),
      keys: [
        ['J', t('down')],
        ['K', t('up')],
        ['X', t('select')],
        ['↵', t('open_row')],
      ],
    },
    {
      title: t('panel'),
      keys: [
        ['← →', t('neighbours')],
        ['Esc', t('close')],
      ],
    },
  ]
  return (
    <Dialog title={t('title')} open={open} onOpenChange={onOpenChange} wide>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium text-ink-3 text-meta">{group.title}</h3>
            <dl>
              {group.keys.map(([keys = '', label]) => (
                <div
                  key={keys}
                  className="flex h-8 items-center justify-between gap-4 border-line border-b last:border-0"
                >
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
