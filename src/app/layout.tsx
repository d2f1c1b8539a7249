import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { browserMessagesFor } from '@/i18n/catalogue'
import { TrpcProvider } from '@/trpc/client'
import { Providers } from '@/ui/providers'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell')
  return {
    title: { default: t('name'), template: `%s · ${t('name')}` },
    description: t('description'),
    robots: { index: false },
  }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf8' },
    { media: '(prefers-color-scheme: dark)', color: '#13110e' },
  ],
}

/** The nonce makes every page dynamic: a page rendered beforehand could not carry it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider messages={browserMessagesFor(locale)}>
          <Providers nonce={nonce}>
            <TrpcProvider>{children}</TrpcProvider>
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
