'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { toast } from 'sonner'

type ToastOptions = {
  description?: string
  /** Puts back what was just done; the toast then stays for 8 seconds. */
  onUndo?: () => void
  /** Another button, such as Open. */
  action?: { label: string; onClick: () => void }
}

const WITH_BUTTON_MS = 8_000
const PLAIN_MS = 4_000

/** `toast.done('Watch deleted', { onUndo })`, `toast.failed(…)`, `toast.told(…)`. Needs `<Toaster>`, which the root layout has. */
export function useToast() {
  const t = useTranslations('ui')
  return useMemo(() => {
    const undo = t('undo')
    return {
      done: (text: string, options?: ToastOptions) => toast.success(text, shape(undo, options)),
      failed: (text: string, options?: ToastOptions) => toast.error(text, shape(undo, options)),
      told: (text: string, options?: ToastOptions) => toast(text, shape(undo, options)),
      dismiss: (id?: string | number) => toast.dismiss(id),
    }
  }, [t])
}

function shape(undo: string, { description, onUndo, action }: ToastOptions = {}) {
  const button = onUndo ? { label: undo, onClick: onUndo } : action
  return { description, action: button, duration: button ? WITH_BUTTON_MS : PLAIN_MS }
}
