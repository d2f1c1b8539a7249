import { getTranslations } from 'next-intl/server'
import { PasswordForm } from '@/accounts/ui/password-form'
import { ProfileForm } from '@/accounts/ui/profile-form'
import { SessionList } from '@/accounts/ui/session-list'
import { chooseLocale } from '@/i18n/locales'
import { Card } from '@/ui/card'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

export default async function AccountPage() {
  const { caller } = await requireMember()
  const t = await getTranslations('accounts')
  await prefetch(trpc.accounts.sessions.queryOptions())
  const { name, email, locale } = caller.user
  return (
    <HydrateClient>
      <div className="flex flex-col gap-4">
        <Card title={t('profile')}>
          <ProfileForm profile={{ name, email, locale: chooseLocale({ profile: locale }) }} />
        </Card>
        <Card title={t('password')} hint={t('passwordCardHint')}>
          <PasswordForm email={email} />
        </Card>
        <Card title={t('sessions')} hint={t('sessionsHint')}>
          <SessionList />
        </Card>
      </div>
    </HydrateClient>
  )
}
