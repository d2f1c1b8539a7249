import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Brand } from '@/ui/brand'

/** One narrow column: pages before the desk, and those that a letter leads to. */
export async function NarrowLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shell')
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-md flex-col gap-6 px-4 py-10 sm:py-16">
      <Brand name={t('name')} />
      {children}
    </main>
  )
}
