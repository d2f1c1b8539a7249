'use client'

import { useTranslations } from 'next-intl'
import { type ComponentType, useEffect, useMemo, useState } from 'react'

type ToastOptions = {
  description?: string
  /** Puts back what was just done; the toast then stays for 8 seconds. */
  onUndo?: () => void
  /** Another button, such as Open. */
  action?: { label: string; onClick: () => void }
}

const WITH_BUTTON_MS = 8_000
const PLAIN_MS = 4_000

/** Fetched with the first toast. Its region must be in the page before the words come, or screen readers miss them. */
const late = { wake: (_host: ComponentType<{ onReady: () => void }>, _ready: () => void) => {} }
let sonner: Promise<typeof import('sonner')> | null = null

function loadSonner(): Promise<typeof import('sonner')> {
  sonner ??= import('./toaster').then(async ({ Toaster }) => {
    await new Promise<void>((ready) => late.wake(Toaster, ready))
    return import('sonner')
  })
  return sonner
}

/** `toast.done('Watch deleted', { onUndo })`, `toast.failed(…)`, `toast.told(…)`. */
export function useToast() {
  const t = useTranslations('ui')
  return useMemo(() => {
    const undo = t('undo')
    return {
      done: (text: string, options?: ToastOptions) =>
        void loadSonner().then(({ toast }) => toast.success(text, shape(undo, options))),
      failed: (text: string, options?: ToastOptions) =>
        void loadSonner().then(({ toast }) => toast.error(text, shape(undo, options))),
      told: (text: string, options?: ToastOptions) =>
        void loadSonner().then(({ toast }) => toast(text, shape(undo, options))),
      dismiss: () => void sonner?.then(({ toast }) => toast.dismiss()),
    }
  }, [t])
}

function shape(undo: string, { description, onUndo, action }: ToastOptions = {}) {
  const button = onUndo ? { label: undo, onClick: onUndo } : action
  return { description, action: button, duration: button ? WITH_BUTTON_MS : PLAIN_MS }
}

type Host = { Toaster: ComponentType<{ onReady: () => void }>; ready: () => void }

/** The place where toasts appear; once, around the pages. */
export function ToastHost() {
  const [host, setHost] = useState<Host | null>(null)
  useEffect(() => {
    late.wake = (Toaster, ready) => setHost({ Toaster, ready })
  }, [])
  return host && <host.Toaster onReady={host.ready} />
}
