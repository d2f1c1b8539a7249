'use client'

import { useEffect, useEffectEvent } from 'react'

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

/**
 * Runs when `keys` is pressed: a letter ("j"), a key ("ArrowLeft"), one with ⌘ or Ctrl ("mod+k"), or one after G ("g w").
 * Off while typing and while something covers the page.
 */
export function useShortcut(
  keys: string | readonly string[],
  run: (event: KeyboardEvent) => void,
  { enabled = true, byCharacter = false, whileTyping = false, first = false }: ShortcutOptions = {},
): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (![keys].flat().some((one) => isMeant(one, event, byCharacter))) return
    if (isCovered() || (!whileTyping && (event.defaultPrevented || isTyping(event)))) return
    event.preventDefault()
    // Once whoever else listens has heard it.
    if (isAfterPrefix()) setTimeout(() => notePrefix(false))
    run(event)
  })
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listen, first)
    return () => document.removeEventListener('keydown', listen, first)
  }, [enabled, first])
}

function isMeant(keys: string, event: KeyboardEvent, byCharacter: boolean): boolean {
  if (keys.startsWith('g ') !== isAfterPrefix()) return false
  return byCharacter ? event.key === keys : isPressed(keys, event)
}

/** By the place of the key, so that J is J with any layout; AltGr writes letters and is no shortcut. */
function isPressed(keys: string, event: KeyboardEvent): boolean {
  const key = keys.replace(/^(mod\+|g )/, '')
  if (event.code !== (key.length === 1 ? `Key${key.toUpperCase()}` : key)) return false
  if (event.altKey || event.shiftKey || event.getModifierState('AltGraph')) return false
  const mod = keys.startsWith('mod+')
  return event.metaKey === (mod && isApple()) && event.ctrlKey === (mod && !isApple())
}

function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent)
}

/** While a dialog, a menu or a list is open, its own keys count and the page's do not. */
function isCovered(): boolean {
  return document.querySelector('[data-keys="off"], [role="menu"], [role="listbox"]') !== null
}

const WRITING =
  'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="textbox"], [role="searchbox"], [role="slider"], [role="spinbutton"], [role="radio"], [role="option"]'

/** A box to write in, or a control that takes letters and arrows itself. */
function isTyping(event: KeyboardEvent): boolean {
  return event.isComposing || (event.target instanceof Element && event.target.closest(WRITING) !== null)
}
