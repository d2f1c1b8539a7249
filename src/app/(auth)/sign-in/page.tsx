import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { safeNext } from '@/accounts/rules-next'
import { SignInForm } from '@/accounts/ui/sign-in-form'
import { readContext } from '@/wiring/server'
import { isSetUp } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('signIn.title') }
}

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const asked = (await searchParams).next
  const next = safeNext(Array.isArray(asked) ? asked[0] : asked)
  if (!(await isSetUp())) redirect('/setup')
  if ((await readContext()).caller) redirect(next)
  const t = await getTranslations('accounts')
  return (
    <>
      <h1 className="font-bold text-title">{t('signIn.title')}</h1>
      <SignInForm next={next} />
    </>
  )
}
