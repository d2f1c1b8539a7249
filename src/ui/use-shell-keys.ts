'use client'

import { useRouter } from 'next/navigation'
import type { ShellCreation, ShellEntry } from './shell-types'
import { notePrefix, useShortcut } from './use-shortcut'

type ShellKeys = {
  entries: readonly ShellEntry[]
  creation: ShellCreation | null
  onPalette: () => void
  onHelp: () => void
}

/** ⌘K, G and a letter, C, / and ? on every page. `/` goes to the field that the page marks with `data-search`. */
export function useShellKeys({ entries, creation, onPalette, onHelp }: ShellKeys): void {
  const router = useRouter()
  const letters = entries.map(({ key }) => `g ${key}`)
  useShortcut('g', () => notePrefix(true))
  useShortcut(letters, (event) => {
    const entry = entries.find(({ key }) => event.code === `Key${key.toUpperCase()}`)
    if (entry) router.push(entry.href)
  })
  useShortcut('c', () => creation && router.push(creation.href), { enabled: creation !== null })
  useShortcut('mod+k', onPalette, { whileTyping: true })
  useShortcut('?', onHelp, { byCharacter: true })
  useShortcut('/', () => document.querySelector<HTMLElement>('[data-search]')?.focus(), { byCharacter: true })
}
