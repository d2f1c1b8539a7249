'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { ThemeProvider } from 'next-themes'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { ToastHost } from './toast'

type ProvidersProps = { nonce: string | undefined; children: ReactNode }

/** What every page stands in: theme, the state in the address, toasts. */
export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <CSPProvider nonce={nonce}>
        <NuqsAdapter>{children}</NuqsAdapter>
        <ToastHost />
      </CSPProvider>
    </ThemeProvider>
  )
}
