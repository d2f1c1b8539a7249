'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { ThemeProvider } from 'next-themes'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { Toaster } from './toaster'

type ProvidersProps = { nonce: string | undefined; children: ReactNode }

/** What every page stands in: theme, the state in the address, tooltips that follow each other at once, toasts. */
export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <CSPProvider nonce={nonce}>
        <NuqsAdapter>
          <Tooltip.Provider delay={400}>{children}</Tooltip.Provider>
        </NuqsAdapter>
        <Toaster />
      </CSPProvider>
    </ThemeProvider>
  )
}
