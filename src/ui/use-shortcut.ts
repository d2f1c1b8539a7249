'use client'

import { useHotkeys } from 'react-hotkeys-hook'

type ShortcutOptions = {
  enabled?: boolean
  /** Compare the letter that comes out, whatever keys make it on this keyboard: for `?` and `/`. */
  byCharacter?: boolean
  /** Also while writing: for ⌘K. */
  whileTyping?: boolean
  /** Before anything in the page gets the key: dialogs keep the arrows to themselves otherwise. */
  first?: boolean
}

const PREFIX_MS = 1_000
let prefixAt = Number.NEGATIVE_INFINITY

/** Between G and the letter after it: then `C` means "Contacts" and not "New". */
export function isAfterPrefix(): boolean {
  return performance.now() - prefixAt < PREFIX_MS
}

/** G was pressed; or, with `false`, its letter has come. */
export function notePrefix(pressed: boolean): void {
  prefixAt = pressed ? performance.now() : Number.NEGATIVE_INFINITY
}

/** While a dialog, a menu or a list is open, its own keys count and the page's do not. */
function isCovered(): boolean {
  return document.querySelector('[data-keys="off"], [role="menu"], [role="listbox"]') !== null
}

/** A list box that takes letters to find its choices, and whatever has already used the key. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  return event.defaultPrevented || (target?.closest('[role="combobox"]') ?? null) !== null
}

/**
 * `keys` as react-hotkeys-hook writes them: "j", "mod+k", "g>w". Off while typing and while something covers the page.
 */
export function useShortcut(keys: string, run: (event: KeyboardEvent) => void, options: ShortcutOptions = {}): void {
  const { enabled = true, byCharacter = false, whileTyping = false, first = false } = options
  const isSequence = keys.includes('>')
  useHotkeys(
    keys,
    (event) => {
      if (isCovered() || (!whileTyping && isTaken(event)) || (!isSequence && isAfterPrefix())) return
      event.preventDefault()
      if (isSequence) setTimeout(() => notePrefix(false))
      run(event)
    },
    {
      enabled,
      useKey: byCharacter,
      ignoreModifiers: byCharacter,
      enableOnFormTags: whileTyping,
      eventListenerOptions: { capture: first },
    },
  )
}
