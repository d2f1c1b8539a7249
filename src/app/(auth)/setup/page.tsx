import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { SetUpForm } from '@/accounts/ui/set-up-form'
import { isSetUp } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') }
}

/** The first visit: whoever read the code on the console becomes the owner. */
export default async function SetUpPage() {
  if (await isSetUp()) redirect('/sign-in')
  const t = await getTranslations('setup')
  return (
    <>
      <header>
        <h1 className="font-bold text-title">{t('title')}</h1>
        <p className="text-ink-2">{t('summary')}</p>
      </header>
      <SetUpForm />
    </>
  )
}
