'use client'

import { useHotkeys } from 'react-hotkeys-hook'

type ShortcutOptions = { enabled?: boolean }

/** While a dialog, a menu or a list is open, its own keys count and the page's do not. */
function isCovered(): boolean {
  return document.querySelector('[data-keys="off"], [role="menu"], [role="listbox"]') !== null
}

/** `keys` as react-hotkeys-hook writes them: "j", "mod+k", "g>w". Off while typing and while something covers the page. */
export function useShortcut(keys: string, run: (event: KeyboardEvent) => void, options: ShortcutOptions = {}): void {
  useHotkeys(
    keys,
    (event) => {
      if (isCovered()) return
      event.preventDefault()
      run(event)
    },
    { enabled: options.enabled ?? true },
    [run],
  )
}
