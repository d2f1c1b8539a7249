import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Brand } from '@/ui/brand'

/** The frame of pages that a letter leads to: they need no sign-in. */
export default async function LetterLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shell')
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-md flex-col gap-6 px-4 py-10 sm:py-16">
      <Brand name={t('name')} />
      {children}
    </main>
  )
}
