'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { ToastHost } from './toast'

type ProvidersProps = { nonce: string | undefined; children: ReactNode }

/** What every page stands in: theme, toasts. */
export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <CSPProvider nonce={nonce}>
        {children}
        <ToastHost />
      </CSPProvider>
    </ThemeProvider>
  )
}
